package io.sluice.api.chat;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.chat.answers.AnswerRequest;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.chat.sessions.Conversations;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** {@code /api/v1/chat}: ask a question, and get an answer from the documents, whole or as it comes. */
@OfFeature(Feature.CHAT)
@Path("/api/v1/chat")
@Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
public class ChatResource {

    private final JsonBodies bodies;
    private final Conversations conversations;
    private final ChatPlaces places;
    private final ChatEvents events;

    ChatResource(JsonBodies bodies, Conversations conversations, ChatPlaces places, ChatEvents events) {
        this.bodies = bodies;
        this.conversations = conversations;
        this.places = places;
        this.events = events;
    }

    /** Asks. */
    @POST
    @PermissionsAllowed(Scope.CHAT)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> ask(
            @Context RoutingContext context, @Context SecurityContext security, @Context HttpHeaders headers) {
        HttpServerRequest request = context.request();
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
        places.take(context);
        String caller = security.getUserPrincipal().getName();
        boolean streams = wantsEvents(headers);
        return bodies.read(request, ChatQuestion.class, ChatQuestion.MAX_BODY_BYTES, question -> {
            AnswerRequest answerRequest = new AnswerRequest(
                    caller, question.question(), question.documents() == null ? List.of() : question.documents());
            return streams
                    ? conversations.begin(answerRequest, question.sessionId()).map(reply -> streamed(reply, request))
                    : conversations.whole(answerRequest, question.sessionId()).flatMap(ChatResource::whole);
        });
    }

    /** The framework has seen to it that one of the two is accepted. */
    private static boolean wantsEvents(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(MediaType.SERVER_SENT_EVENTS_TYPE)) {
                return true;
            }
        }
        return false;
    }

    private Response streamed(Reply reply, HttpServerRequest request) {
        return Response.ok(events.of(reply, request), MediaType.SERVER_SENT_EVENTS_TYPE)
                .build();
    }

    private static Uni<Response> whole(Reply reply) {
        return reply.parts().collect().asList().map(parts -> Response.ok(
                        ChatAnswer.of(reply.opening(), parts), MediaType.APPLICATION_JSON_TYPE)
                .build());
    }
}
