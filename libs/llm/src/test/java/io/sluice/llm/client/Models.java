package io.sluice.llm.client;

import io.sluice.llm.LanguageModel;
import io.sluice.llm.ModelObserver.Request;
import io.sluice.llm.Prompt;
import io.sluice.llm.Prompt.Role;
import io.sluice.llm.Prompt.Turn;
import io.sluice.settings.Environment;
import io.sluice.settings.LlmSettings;
import io.sluice.testkit.LanguageModelServer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Models as settings make them, and the requests that they were observed to make. */
final class Models {

    static final String KEY = "sk-canary-key";

    static final Prompt PROMPT = new Prompt(
            "canary system",
            List.of(
                    new Turn(Role.USER, "canary question"),
                    new Turn(Role.ASSISTANT, "canary answer"),
                    new Turn(Role.USER, "\"canary\"\n¿última?")),
            100,
            0.25);

    private final Map<String, String> variables = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** Settings of a provider, by its name, that answers at the server. */
    static Models of(String provider, LanguageModelServer server) {
        return new Models()
                .with("LLM_PROVIDER", provider)
                .with("LLM_MODEL", "m")
                .with("LLM_BASE_URL", server.url().toString())
                .with(provider.toUpperCase(Locale.ROOT) + "_API_KEY", KEY);
    }

    Models with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Models withFallback(String provider, LanguageModelServer server) {
        return with("LLM_FALLBACK_PROVIDER", provider)
                .with("LLM_FALLBACK_MODEL", "fallback-m")
                .with("LLM_FALLBACK_BASE_URL", server.url().toString())
                .with(provider.toUpperCase(Locale.ROOT) + "_API_KEY", KEY);
    }

    LanguageModel open() {
        LlmSettings settings = Environment.read(variables::get, LlmSettings::new);
        return LanguageModels.of(settings, requests::add).orElseThrow();
    }

    List<Request> requests() {
        return requests;
    }
}
