package io.sluice.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Opening;
import io.sluice.api.chat.answers.Source;
import io.sluice.api.chat.generative.FallbackReason;
import io.sluice.api.search.RetrievalMode;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is whole.
 *
 * @param answer refers to sources by their numbers, as {@code [1]}
 * @param found false if the documents do not answer the question
 * @param fallback why sentences are quoted although there is a language model to ask, or {@code null}
 * @param retrieval {@code null} if nothing was searched
 * @param isTruncated true if it is as long as an answer may be, so that its last sentence may lack its end
 * @param sessionId session that it is kept in, or {@code null} if in none
 * @param turn its number there, from 1 on, or {@code null}
 * @param disclaimer that belongs to the answer, or {@code null}
 */
record ChatAnswer(
        String answer,
        boolean found,
        AnswerMode mode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FallbackReason fallback,
        @Nullable RetrievalMode retrieval,
        @JsonProperty("truncated") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isTruncated,
        List<Source> sources,
        @Nullable UUID sessionId,
        @Nullable Integer turn,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disclaimer) {

    /** Makes one of its parts, of which the last one is the end. */
    static ChatAnswer of(Opening opening, List<AnswerPart> parts) {
        String text = parts.stream()
                .filter(AnswerPart.Delta.class::isInstance)
                .map(part -> ((AnswerPart.Delta) part).text())
                .collect(Collectors.joining());
        AnswerPart.Done done = (AnswerPart.Done) parts.get(parts.size() - 1);
        return new ChatAnswer(
                text,
                done.found(),
                done.mode(),
                opening.fallback(),
                opening.retrieval(),
                done.isTruncated(),
                opening.sources(),
                done.sessionId(),
                done.turn(),
                opening.disclaimer());
    }
}
