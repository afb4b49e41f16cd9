package io.sluice.api.chat.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.http.problems.OpenAiError;
import io.sluice.api.http.problems.ProblemMappers;
import io.sluice.api.http.stream.EventStream;
import io.sluice.api.http.stream.ServerSentEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes completions of answers. */
@Singleton
class Completions {

    /** Event behind the last chunk: without it, the answer was cut off. */
    private static final ServerSentEvent END = new ServerSentEvent(null, "[DONE]");

    private final ObjectMapper json;
    private final ProblemMappers problems;
    private final Clock clock;

    Completions(ObjectMapper json, ProblemMappers problems, Clock clock) {
        this.json = json;
        this.problems = problems;
        this.clock = clock;
    }

    /** The completion, once the answer is whole. */
    Uni<Completion> whole(Reply reply, String question) {
        CompletionWriter writer = new CompletionWriter(reply.opening(), question, clock.instant());
        return reply.parts().collect().asList().map(writer::whole);
    }

    /** The completion as it comes. */
    EventStream events(Reply reply, String question, boolean includesUsage, MultiMap requestHeaders) {
        CompletionWriter writer = new CompletionWriter(reply.opening(), question, clock.instant());
        Multi<ServerSentEvent> parts = reply.parts()
                .onItem()
                .transformToMultiAndConcatenate(part -> part instanceof AnswerPart.Done done
                        ? end(writer, done, includesUsage)
                        : Multi.createFrom().item(event(writer.chunk(((AnswerPart.Delta) part).text()))))
                .onFailure()
                .recoverWithItem(failure -> event(OpenAiError.of(problems.broken(failure, requestHeaders))));
        return EventStream.of(
                Multi.createBy().concatenating().streams(Multi.createFrom().item(() -> event(writer.first())), parts));
    }

    private Multi<ServerSentEvent> end(CompletionWriter writer, AnswerPart.Done done, boolean includesUsage) {
        List<ServerSentEvent> end = new ArrayList<>();
        String disclaimer = writer.disclaimer();
        if (!disclaimer.isEmpty()) {
            end.add(event(writer.chunk(disclaimer)));
        }
        end.add(event(writer.last(done)));
        if (includesUsage) {
            end.add(event(writer.usageChunk()));
        }
        end.add(END);
        return Multi.createFrom().iterable(end);
    }

    private ServerSentEvent event(Object data) {
        try {
            return new ServerSentEvent(null, json.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new AssertionError("records are JSON", e);
        }
    }
}
