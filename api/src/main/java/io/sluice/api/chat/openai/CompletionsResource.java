package io.sluice.api.chat.openai;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.chat.ChatPlaces;
import io.sluice.api.chat.answers.AnswerRequest;
import io.sluice.api.chat.answers.Answers;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** {@code /v1/chat/completions}: the answers of {@code /api/v1/chat} for clients of OpenAI. */
@OfFeature(Feature.CHAT)
@Path("/v1/chat/completions")
@Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
public class CompletionsResource {

    private final JsonBodies bodies;
    private final ConversationReader reader;
    private final Answers answers;
    private final ChatPlaces places;
    private final Completions completions;

    CompletionsResource(
            JsonBodies bodies, ConversationReader reader, Answers answers, ChatPlaces places, Completions completions) {
        this.bodies = bodies;
        this.reader = reader;
        this.answers = answers;
        this.places = places;
        this.completions = completions;
    }

    /** Asks. Whether the answer comes as events, the body says: the clients accept JSON alone either way. */
    @POST
    @PermissionsAllowed(Scope.CHAT)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> complete(@Context RoutingContext context, @Context SecurityContext security) {
        HttpServerRequest request = context.request();
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
        places.take(context);
        String caller = security.getUserPrincipal().getName();
        return bodies.read(
                request,
                CompletionRequest.class,
                CompletionRequest.MAX_BODY_BYTES,
                asked -> answer(asked, caller, request));
    }

    private Uni<Response> answer(CompletionRequest asked, String caller, HttpServerRequest request) {
        ModelsResource.require(asked.model());
        Conversation conversation = reader.read(asked.messages());
        AnswerRequest answerRequest = new AnswerRequest(
                        caller, conversation.question(), asked.documents() == null ? List.of() : asked.documents())
                .after(conversation.context(), conversation.history());
        return asked.streams()
                ? answers.begin(answerRequest).map(reply -> Response.ok(
                                completions.events(
                                        reply, answerRequest.question(), asked.includesUsage(), request.headers()),
                                MediaType.SERVER_SENT_EVENTS_TYPE)
                        .build())
                : answers.whole(answerRequest)
                        .flatMap(reply -> completions.whole(reply, answerRequest.question()))
                        .map(whole -> Response.ok(whole, MediaType.APPLICATION_JSON_TYPE)
                                .build());
    }
}
