package io.sluice.api.chat.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.api.chat.generative.FallbackReason;
import io.sluice.api.search.RetrievalMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of an answer that is known before its text.
 *
 * @param fallback why sentences are quoted although there is a language model to ask, or {@code null}
 * @param retrieval {@code null} if nothing was searched
 * @param sources that its text refers to by their numbers, or can; none if the documents do not answer the question
 * @param disclaimer that belongs to the text, or {@code null}
 */
public record Opening(
        AnswerMode mode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FallbackReason fallback,
        @Nullable RetrievalMode retrieval,
        List<Source> sources,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disclaimer) {

    /** Without a disclaimer. */
    Opening(
            AnswerMode mode,
            @Nullable FallbackReason fallback,
            @Nullable RetrievalMode retrieval,
            List<Source> sources) {
        this(mode, fallback, retrieval, sources, null);
    }

    /** The same with a disclaimer, if there is one. */
    Opening with(@Nullable String disclaimerOfAll) {
        return new Opening(mode, fallback, retrieval, sources, disclaimerOfAll);
    }
}
