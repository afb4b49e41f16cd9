package io.sluice.api.chat.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.api.chat.generative.FallbackReason;
import io.sluice.api.search.RetrievalMode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Part of an answer that is known before its text.
 *
 * @param answerId by which it can be cancelled while it comes, or {@code null} if it cannot
 * @param fallback why sentences are quoted although there is a language model to ask, or {@code null}
 * @param retrieval {@code null} if nothing was searched
 * @param sources that its text refers to by their numbers, or can; none if the documents do not answer the question
 * @param disclaimer that belongs to the text, or {@code null}
 */
public record Opening(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID answerId,
        AnswerMode mode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FallbackReason fallback,
        @Nullable RetrievalMode retrieval,
        List<Source> sources,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disclaimer) {

    /** Opening without a disclaimer. */
    Opening(
            AnswerMode mode,
            @Nullable FallbackReason fallback,
            @Nullable RetrievalMode retrieval,
            List<Source> sources) {
        this(null, mode, fallback, retrieval, sources, null);
    }

    /** The same with a disclaimer, if there is one. */
    Opening with(@Nullable String disclaimerOfAll) {
        return new Opening(answerId, mode, fallback, retrieval, sources, disclaimerOfAll);
    }

    /** The same of an answer that can be cancelled. */
    public Opening identified(UUID id) {
        return new Opening(id, mode, fallback, retrieval, sources, disclaimer);
    }
}
