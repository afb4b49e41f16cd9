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
import org.jspecify.annotations.Nullable;

/**
 * An answer that is whole.
 *
 * @param answer refers to sources by their numbers, as {@code [1]}
 * @param found false if the documents do not answer the question
 * @param fallback why sentences are quoted although there is a language model to ask, or {@code null}
 * @param isTruncated true if it is as long as an answer may be, so that its last sentence may lack its end
 */
record ChatAnswer(
        String answer,
        boolean found,
        AnswerMode mode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FallbackReason fallback,
        RetrievalMode retrieval,
        @JsonProperty("truncated") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isTruncated,
        List<Source> sources) {

    static ChatAnswer of(Opening opening, List<AnswerPart> parts) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        boolean isTruncated = false;
        for (AnswerPart part : parts) {
            if (part instanceof AnswerPart.Delta delta) {
                text.append(delta.text());
            } else if (part instanceof AnswerPart.Done done) {
                found = done.found();
                isTruncated = done.isTruncated();
            }
        }
        return new ChatAnswer(
                text.toString(),
                found,
                opening.mode(),
                opening.fallback(),
                opening.retrieval(),
                isTruncated,
                opening.sources());
    }
}
