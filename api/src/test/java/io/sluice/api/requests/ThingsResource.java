package io.sluice.api.requests;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.body.JsonBodies;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource as a new feature would bring one: nothing but this class knows of it. */
@Path("/test/things")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed("tasks")
public class ThingsResource {

    static final int MAX_BYTES = 1_000;

    private final JsonBodies bodies;

    ThingsResource(JsonBodies bodies) {
        this.bodies = bodies;
    }

    /** A body with members of each kind. */
    record NewThing(
            @NotBlank @Size(max = 10) String title,
            @Nullable @Min(1) @Max(5) Integer priority,
            @Nullable Boolean done,
            @Nullable Color color,
            @Nullable Instant due,
            @Nullable @Size(max = 2) List<@NotBlank @Size(max = 5) String> tags,
            @Nullable @Valid Owner owner,
            @Nullable List<@Valid Owner> watchers) {}

    /** An object inside. */
    record Owner(@NotNull String name) {}

    enum Color {
        RED,
        GREEN
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> post(@Context HttpServerRequest request) {
        return bodies.read(request, NewThing.class, MAX_BYTES, thing -> Uni.createFrom()
                .item(Response.ok(thing).build()));
    }

    @GET
    @Path("{id}")
    public String get(@PathParam("id") String id) {
        return "{\"id\":\"" + id.length() + "\"}";
    }
}
