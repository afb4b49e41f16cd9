package io.sluice.api.chat.running;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;

/** {@code /api/v1/chat/answers}: cancel an answer of the caller's own while it is streamed. */
@OfFeature(Feature.CHAT)
@Path("/api/v1/chat/answers")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.CHAT)
public class AnswersResource {

    private final Cancellations cancellations;

    AnswersResource(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /** Cancels one. */
    @DELETE
    @Path("{id}")
    public Uni<Response> cancel(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "an answer");
        return cancellations.cancel(id, security.getUserPrincipal().getName()).map(outcome -> switch (outcome) {
            case CANCELLED -> Response.noContent().build();
            case PASSED_ON -> Response.accepted().build();
            case UNKNOWN ->
                throw ProblemException.of(
                        ProblemCode.NOT_FOUND,
                        "This replica streams no answer of yours with this id, and no other replica could be told: its text may be whole; or close its connection.");
        });
    }
}
