package io.sluice.api.chat.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.Source;
import io.sluice.api.search.RetrievalMode;
import java.util.List;

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
        RetrievalMode retrieval,
        List<Source> sources) {

    static final String OBJECT = "chat.completion";

    /** Reason of an end that is one: an answer that was cut off has none. */
    static final String STOP = "stop";

    /** The one answer. */
    record Choice(int index, Message message, @JsonProperty("finish_reason") String finishReason) {}

    /** What it says. */
    record Message(String role, String content) {}
}
