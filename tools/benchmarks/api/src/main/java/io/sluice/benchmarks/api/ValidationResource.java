package io.sluice.benchmarks.api;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.body.RequestBodies;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.TraceContext;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.security.Scope;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code /benchmarks/validation}: checks and encodes an event as {@code /api/v1/messages} does, drops it, and answers 202. */
@Path("/benchmarks/validation")
@Produces(MediaType.APPLICATION_JSON)
public class ValidationResource {

    private final RequestBodies bodies;
    private final Clock clock;

    ValidationResource(RequestBodies bodies, Clock clock) {
        this.bodies = bodies;
        this.clock = clock;
    }

    /** Answers with the size of the record that the event would be. */
    @POST
    @PermissionsAllowed(Scope.MESSAGES_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<String>> post(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        IdempotencyKey.of(request.headers(), violations);
        Origin origin = new Origin(security.getUserPrincipal().getName(), TraceContext.traceparent(request.headers()));
        return bodies.read(request, NewMessage.MAX_BODY_BYTES, body -> {
            Event event =
                    NewMessage.parse(body, violations).posted(origin, clock).event();
            int bytes = EventCodec.encode(event, "none").value().length;
            return Uni.createFrom()
                    .item(ResponseBuilder.<String>accepted()
                            .entity("{\"bytes\":" + bytes + "}")
                            .build());
        });
    }
}
