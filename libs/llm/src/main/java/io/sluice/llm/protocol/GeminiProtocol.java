package io.sluice.llm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Prompt;
import io.sluice.llm.Prompt.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Gemini's {@code streamGenerateContent}.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Google: generating content</a>
 */
public record GeminiProtocol() implements Protocol {

    @Override
    public String path(String model) {
        // Without alt=sse the answer is one JSON array.
        return "/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + ":streamGenerateContent?alt=sse";
    }

    @Override
    public Map<String, String> authorization(String key) {
        return Map.of("x-goog-api-key", key);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public ObjectNode request(String model, Prompt prompt) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (!prompt.system().isEmpty()) {
            request.putObject("systemInstruction").putArray("parts").addObject().put("text", prompt.system());
        }
        ArrayNode contents = request.putArray("contents");
        prompt.turns().forEach(turn -> contents.addObject()
                .put("role", turn.role() == Role.USER ? "user" : "model")
                .putArray("parts")
                .addObject()
                .put("text", turn.text()));
        request.putObject("generationConfig")
                .put("maxOutputTokens", prompt.maximumTokens())
                .put("temperature", prompt.temperature());
        return request;
    }

    @Override
    public AnswerReader reader() {
        return new Reader();
    }

    private static final class Reader extends AnswerReader {

        @Override
        String read(JsonNode event) throws ProviderException {
            if (event.hasNonNull("error")) {
                throw ErrorBody.inStream(event);
            }
            JsonNode usage = event.path("usageMetadata");
            counted(usage.path("promptTokenCount"), usage.path("candidatesTokenCount"));
            JsonNode candidate = event.path("candidates").path(0);
            String reason = text(candidate.path("finishReason"));
            if (!reason.isEmpty() || event.path("promptFeedback").hasNonNull("blockReason")) {
                ended(reason(reason));
                isLast();
            }
            StringBuilder text = new StringBuilder();
            for (JsonNode part : candidate.path("content").path("parts")) {
                // Thoughts are no part of the answer.
                if (!part.path("thought").asBoolean()) {
                    text.append(text(part.path("text")));
                }
            }
            return text.toString();
        }

        private static Reason reason(String finishReason) {
            return switch (finishReason) {
                case "STOP" -> Reason.STOP;
                case "MAX_TOKENS" -> Reason.LENGTH;
                // SAFETY, RECITATION and so on: all others say why the rest of the answer is withheld.
                default -> Reason.FILTERED;
            };
        }
    }
}
