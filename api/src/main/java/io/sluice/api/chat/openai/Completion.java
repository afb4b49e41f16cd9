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
 * A completion that is whole.
 *
 * @param created seconds since 1970
 * @param found false if the documents do not answer the question; as those behind it, no member of OpenAI's
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI, the chat completion object</a>
 */
record Completion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,
        boolean found,
        AnswerMode mode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FallbackReason fallback,
        @Nullable RetrievalMode retrieval,
        List<Source> sources) {

    static final String OBJECT = "chat.completion";

    /** Reason of an end that is one: an answer that was cut off has none. */
    private static final String STOP = "stop";

    /** Reason of an end that came because the answer is as long as one may be. */
    private static final String LENGTH = "length";

    static String finishReason(boolean isTruncated) {
        return isTruncated ? LENGTH : STOP;
    }

    /** The one answer. */
    record Choice(int index, Message message, @JsonProperty("finish_reason") String finishReason) {}

    /** A message, by its role and its text. */
    record Message(String role, String content) {}
}
