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
 * OpenAI's chat completions, which Groq, OpenRouter, vLLM and Ollama speak too.
 *
 * @param tokenLimit name of the parameter that bounds the answer: OpenAI refuses {@code max_tokens} for its newer models, and others know
 *     nothing else
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI: streaming of chat completions</a>
 */
public record OpenAiProtocol(String tokenLimit) implements Protocol {

    @Override
    public String path(String model) {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> authorization(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public ObjectNode request(String model, Prompt prompt) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", model);
        ArrayNode messages = request.putArray("messages");
        if (!prompt.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", prompt.system());
        }
        prompt.turns().forEach(turn -> messages.addObject()
                .put("role", turn.role() == Role.USER ? "user" : "assistant")
                .put("content", turn.text()));
        request.put(tokenLimit, prompt.maximumTokens())
                .put("temperature", prompt.temperature())
                .put("stream", true)
                .putObject("stream_options")
                .put("include_usage", true);
        return request;
    }

    @Override
    public AnswerReader reader() {
        return new Reader();
    }

    private static final class Reader extends AnswerReader {

        @Override
        boolean isEndMark(String data) {
            if (!data.equals("[DONE]")) {
                return false;
            }
            if (reason().isEmpty()) {
                ended(Reason.STOP);
            }
            isLast();
            return true;
        }

        @Override
        String read(JsonNode event) throws ProviderException {
            if (event.hasNonNull("error")) {
                throw ErrorBody.inStream(event);
            }
            JsonNode usage = event.path("usage");
            counted(usage.path("prompt_tokens"), usage.path("completion_tokens"));
            JsonNode choice = event.path("choices").path(0);
            switch (text(choice.path("finish_reason"))) {
                case "" -> {}
                case "length" -> ended(Reason.LENGTH);
                case "content_filter" -> ended(Reason.FILTERED);
                // OpenRouter says so where the provider behind it fails.
                case "error" -> throw ErrorBody.inStream(choice);
                default -> ended(Reason.STOP);
            }
            return text(choice.path("delta").path("content"));
        }
    }
}
