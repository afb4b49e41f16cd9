package io.sluice.api.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.Source;
import io.sluice.api.chat.generative.FallbackReason;
import io.sluice.api.search.RetrievalMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a completion. What is {@code null} is left out.
 *
 * @param created the same in each
 * @param choices none in the one with the usage
 * @param fallback in the first one, as the retrieval and the sources are; no members of OpenAI's
 * @param found in the one that ends the text, as the mode is
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/streaming">OpenAI, the chat completion chunk object</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CompletionChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @Nullable Usage usage,
        @Nullable FallbackReason fallback,
        @Nullable RetrievalMode retrieval,
        @Nullable List<Source> sources,
        @Nullable Boolean found,
        @Nullable AnswerMode mode) {

    /**
     * A piece of the one answer.
     *
     * @param finishReason {@code null} until the text is whole
     */
    record Choice(int index, Delta delta, @JsonProperty("finish_reason") @Nullable String finishReason) {}

    /** A piece of the text. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(@Nullable String role, @Nullable String content) {}
}
