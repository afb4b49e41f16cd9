package io.sluice.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** Providers of language models. */
public enum LlmProvider {
    /** OpenAI, or with a base URL of one's own whatever speaks its protocol, such as vLLM and Ollama. */
    OPENAI("https://api.openai.com/v1", "gpt-4.1-mini"),
    /** Groq. It speaks OpenAI's protocol. */
    GROQ("https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
    /** OpenRouter. It speaks OpenAI's protocol. */
    OPENROUTER("https://openrouter.ai/api/v1", "meta-llama/llama-3.3-70b-instruct"),
    /** Anthropic. */
    ANTHROPIC("https://api.anthropic.com/v1", "claude-haiku-4-5"),
    /** Google's Gemini. */
    GEMINI("https://generativelanguage.googleapis.com/v1beta", "gemini-flash-lite-latest");

    private final URI baseUrl;
    private final String defaultModel;

    LlmProvider(String baseUrl, String defaultModel) {
        this.baseUrl = URI.create(baseUrl);
        this.defaultModel = defaultModel;
    }

    /** URL of the provider's own API. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Name of the model that is used where none is named. */
    public String defaultModel() {
        return defaultModel;
    }

    /** Name of the provider in settings, metrics and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, in the order of the enum. */
    static String[] names() {
        return Arrays.stream(values()).map(LlmProvider::toString).toArray(String[]::new);
    }
}
