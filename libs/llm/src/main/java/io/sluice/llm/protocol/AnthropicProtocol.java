package io.sluice.llm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Prompt;
import io.sluice.llm.Prompt.Role;
import java.util.Map;

/**
 * Anthropic's messages.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">Anthropic: streaming messages</a>
 */
public record AnthropicProtocol() implements Protocol {

    @Override
    public String path(String model) {
        return "/messages";
    }

    @Override
    public Map<String, String> authorization(String key) {
        return Map.of("x-api-key", key);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("anthropic-version", "2023-06-01");
    }

    @Override
    public ObjectNode request(String model, Prompt prompt) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("max_tokens", prompt.maximumTokens())
                .put("temperature", prompt.temperature())
                .put("stream", true);
        if (!prompt.system().isEmpty()) {
            request.put("system", prompt.system());
        }
        ArrayNode messages = request.putArray("messages");
        prompt.turns().forEach(turn -> messages.addObject()
                .put("role", turn.role() == Role.USER ? "user" : "assistant")
                .put("content", turn.text()));
        return request;
    }

    @Override
    public AnswerReader reader() {
        return new Reader();
    }

    private static final class Reader extends AnswerReader {

        private Reason reason = Reason.STOP;

        @Override
        String read(JsonNode event) throws ProviderException {
            switch (text(event.path("type"))) {
                case "message_start" -> counted(event.path("message").path("usage"));
                case "content_block_delta" -> {
                    // Of other types are thoughts, which are no part of the answer.
                    return text(event.path("delta").path("text"));
                }
                case "message_delta" -> {
                    counted(event.path("usage"));
                    reason = reason(text(event.path("delta").path("stop_reason")));
                }
                case "message_stop" -> {
                    ended(reason);
                    isLast();
                }
                case "error" -> throw ErrorBody.inStream(event);
                default -> {}
            }
            return "";
        }

        private void counted(JsonNode usage) {
            counted(usage.path("input_tokens"), usage.path("output_tokens"));
        }

        private static Reason reason(String stopReason) {
            return switch (stopReason) {
                case "max_tokens", "model_context_window_exceeded" -> Reason.LENGTH;
                case "refusal" -> Reason.FILTERED;
                default -> Reason.STOP;
            };
        }
    }
}
