package io.sluice.llm.client;

import io.sluice.llm.Prompt;
import io.sluice.llm.protocol.AnthropicProtocol;
import io.sluice.llm.protocol.GeminiProtocol;
import io.sluice.llm.protocol.OpenAiProtocol;
import io.sluice.llm.protocol.Protocol;
import io.sluice.settings.LlmSettings.Model;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * A provider with the model that it is asked for.
 *
 * @param model as it is set
 * @param protocol that the provider speaks
 * @param breaker of requests to it
 */
record Provider(Model model, Protocol protocol, CircuitBreaker breaker) {

    static Provider of(Model model, CircuitBreaker breaker) {
        return new Provider(model, protocol(model), breaker);
    }

    private static Protocol protocol(Model model) {
        return switch (model.provider()) {
            case OPENAI -> new OpenAiProtocol(model.isOwnServer() ? "max_tokens" : "max_completion_tokens");
            case GROQ, OPENROUTER -> new OpenAiProtocol("max_tokens");
            case ANTHROPIC -> new AnthropicProtocol();
            case GEMINI -> new GeminiProtocol();
        };
    }

    /** Name in failures, metrics and answers. */
    String name() {
        return model.provider().toString();
    }

    /**
     * The request for an answer.
     *
     * @throws IllegalArgumentException if the file with the key cannot be read
     */
    HttpRequest request(Prompt prompt) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(model.baseUrl() + protocol.path(model.name())))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(
                        protocol.request(model.name(), prompt).toString()));
        protocol.headers().forEach(request::header);
        model.key().value().ifPresent(key -> protocol.authorization(key).forEach(request::header));
        return request.build();
    }
}
