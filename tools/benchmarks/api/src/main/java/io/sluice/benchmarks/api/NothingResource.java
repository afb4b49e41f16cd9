package io.sluice.benchmarks.api;

import io.sluice.api.http.body.RequestBodies;
import io.sluice.contract.EventLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /benchmarks/nothing}: takes a body as {@code /api/v1/messages} does, does nothing with it, and answers 202. */
@Path("/benchmarks/nothing")
@Produces(MediaType.APPLICATION_JSON)
public class NothingResource {

    private final RequestBodies bodies;

    NothingResource(RequestBodies bodies) {
        this.bodies = bodies;
    }

    /** Drops what was posted. */
    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> post(@Context HttpServerRequest request) {
        return bodies.read(request, EventLimits.MAX_PAYLOAD_BYTES, body -> Uni.createFrom()
                .item(Response.accepted().build()));
    }
}
