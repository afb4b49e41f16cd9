package io.sluice.api.requests;

import io.quarkus.security.PermissionsAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A resource as a new feature would bring one: nothing but this class knows of it. */
@Path("/test/things")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed("tasks")
public class ThingsResource {

    @POST
    public String post() {
        return "{}";
    }

    @GET
    @Path("{id}")
    public String get(@PathParam("id") String id) {
        return "{\"id\":\"" + id.length() + "\"}";
    }
}
