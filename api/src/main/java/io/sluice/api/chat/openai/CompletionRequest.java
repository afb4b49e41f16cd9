package io.sluice.api.chat.openai;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request for a completion. Members that only shape what a model writes are passed over, and so is what is unknown: clients send
 * much. What would have to change the form of the answer is refused.
 *
 * @param documents from which it is answered, or {@code null} for all; no member of OpenAI's
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI, create a chat completion</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CompletionRequest(
        @NotNull String model,
        @NotNull @Size(min = 1, max = MAX_MESSAGES) List<@NotNull @Valid CompletionMessage> messages,
        @Nullable Boolean stream,
        @JsonProperty("stream_options") @Nullable StreamOptions streamOptions,
        @Nullable @Min(value = 1, message = ONE) @Max(value = 1, message = ONE) Integer n,
        @Nullable @Size(max = 0, message = NO_TOOLS) List<JsonNode> tools,
        @Nullable @Size(max = 0, message = NO_TOOLS) List<JsonNode> functions,
        @JsonProperty("response_format") @Nullable TextFormat responseFormat,
        @Nullable List<TextFormat.Type> modalities,
        @Nullable @AssertFalse(message = "is not supported: leave it out") Boolean logprobs,
        @Nullable @Size(min = 1, max = 100) List<@NotNull UUID> documents) {

    /** Larger than a long conversation: of those before the last question a bounded part is looked at. */
    static final int MAX_BODY_BYTES = 256 << 10;

    static final int MAX_MESSAGES = 500;

    private static final String ONE = "must be 1, or left out";
    private static final String NO_TOOLS =
            "is not supported: answers come from the documents, and call nothing; leave it out";

    /**
     * Options of an answer that comes as events.
     *
     * @param includeUsage whether the last chunk says how long question and answer are
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StreamOptions(@JsonProperty("include_usage") @Nullable Boolean includeUsage) {}

    /** Form of the answer's text. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TextFormat(@Nullable Type type) {

        /** Forms that there are. */
        enum Type {
            TEXT;

            /** Name in JSON. */
            @JsonValue
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    boolean streams() {
        return Boolean.TRUE.equals(stream);
    }

    boolean includesUsage() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
    }
}
