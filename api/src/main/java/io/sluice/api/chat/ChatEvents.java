package io.sluice.api.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.http.problems.ProblemMappers;
import io.sluice.api.http.stream.EventStream;
import io.sluice.api.http.stream.ServerSentEvent;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Answers as events: {@code sources}, {@code delta} for each piece of the text, and {@code done} or {@code error}. */
@Singleton
class ChatEvents {

    private final ObjectMapper json;
    private final ProblemMappers problems;

    ChatEvents(ObjectMapper json, ProblemMappers problems) {
        this.json = json;
        this.problems = problems;
    }

    EventStream of(Reply reply, HttpServerRequest request) {
        Multi<ServerSentEvent> parts = reply.parts()
                .map(part -> event(part instanceof AnswerPart.Delta ? "delta" : "done", part))
                .onFailure()
                .recoverWithItem(failure -> event("error", problems.broken(failure, request.headers())));
        return EventStream.of(Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(() -> event("sources", reply.opening())), parts));
    }

    private ServerSentEvent event(String name, Object data) {
        try {
            return new ServerSentEvent(name, json.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new AssertionError("records are JSON", e);
        }
    }
}
