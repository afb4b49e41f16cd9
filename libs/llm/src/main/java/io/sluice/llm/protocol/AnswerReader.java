package io.sluice.llm.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Completion.Usage;
import io.sluice.llm.ModelFailure.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reader of the events of one response: their text, and what the provider says about its end. */
public abstract class AnswerReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable Reason reason;
    private boolean last;
    private int inputTokens;
    private int outputTokens;

    /**
     * Reads the data of an event.
     *
     * @return text that it adds to the answer, often empty
     * @throws ProviderException if it is an error of the provider's, or cannot be read
     */
    public final String read(String data) throws ProviderException {
        return isEndMark(data) ? "" : read(parsed(data));
    }

    private static JsonNode parsed(String data) throws ProviderException {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            // Its message quotes the answer.
            throw new ProviderException(Kind.PROTOCOL, "sent an event that is not JSON");
        }
    }

    /** Reads an event that is JSON. */
    abstract String read(JsonNode event) throws ProviderException;

    /** True for data that is no JSON, and after which nothing comes. */
    boolean isEndMark(String data) {
        return false;
    }

    /** Text of a node; empty where it is null, missing or no text. */
    static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }

    /** Keeps why the answer ended, as the provider says. */
    final void ended(Reason why) {
        reason = why;
    }

    /** Notes that nothing comes any more. */
    final void isLast() {
        last = true;
    }

    /** Keeps what the provider has counted so far; an event that has none leaves it. */
    final void counted(JsonNode input, JsonNode output) {
        inputTokens = input.asInt(inputTokens);
        outputTokens = output.asInt(outputTokens);
    }

    /** Reason for the end, once the provider has said that the answer has ended. */
    public final Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** True if nothing comes any more, so that the end of the connection need not be waited for. */
    public final boolean hasLast() {
        return last && reason != null;
    }

    /** Tokens as the provider has counted them so far. */
    public final Usage usage() {
        return new Usage(inputTokens, outputTokens);
    }
}
