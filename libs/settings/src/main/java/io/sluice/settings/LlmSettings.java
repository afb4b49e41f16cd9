package io.sluice.settings;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Language models that answers are asked of, and how long they may take. Without any key there is none. */
public final class LlmSettings {

    private static final Set<Setting> ALL = EnumSet.range(Setting.LLM_PROVIDER, Setting.GEMINI_API_KEY_FILE);

    private final Environment environment;
    private final Map<LlmProvider, LlmKey> keys = new EnumMap<>(LlmProvider.class);
    private final Optional<Model> model;
    private final Optional<Model> fallback;
    private final Duration firstTokenTimeout;
    private final Duration timeout;

    /**
     * A model of a provider.
     *
     * @param baseUrl that the paths of the provider's API are put behind; does not end in a slash
     * @param isOwnServer whether the base URL is not the provider's
     * @param name of the model, as the provider has it
     */
    public record Model(LlmProvider provider, URI baseUrl, boolean isOwnServer, String name, LlmKey key) {}

    /** Reads them. */
    public LlmSettings(Environment environment) {
        this.environment = environment;
        key(LlmProvider.OPENAI, Setting.OPENAI_API_KEY, Setting.OPENAI_API_KEY_FILE);
        key(LlmProvider.GROQ, Setting.GROQ_API_KEY, Setting.GROQ_API_KEY_FILE);
        key(LlmProvider.OPENROUTER, Setting.OPENROUTER_API_KEY, Setting.OPENROUTER_API_KEY_FILE);
        key(LlmProvider.ANTHROPIC, Setting.ANTHROPIC_API_KEY, Setting.ANTHROPIC_API_KEY_FILE);
        key(LlmProvider.GEMINI, Setting.GEMINI_API_KEY, Setting.GEMINI_API_KEY_FILE);
        firstTokenTimeout = Duration.ofSeconds(environment.number(Setting.LLM_FIRST_TOKEN_TIMEOUT_SECONDS));
        timeout = Duration.ofSeconds(environment.number(Setting.LLM_TIMEOUT_SECONDS));
        Optional<LlmProvider> second = provider(Setting.LLM_FALLBACK_PROVIDER);
        Optional<LlmProvider> first = provider(Setting.LLM_PROVIDER).or(() -> derived(second));
        model = model(Setting.LLM_PROVIDER, first, Setting.LLM_MODEL, Setting.LLM_BASE_URL);
        fallback =
                model(Setting.LLM_FALLBACK_PROVIDER, second, Setting.LLM_FALLBACK_MODEL, Setting.LLM_FALLBACK_BASE_URL);
        checkTogether(first.isPresent(), second.isPresent());
    }

    private void key(LlmProvider provider, Setting key, Setting file) {
        keys.put(provider, new LlmKey(environment.optional(key), environment.optional(file)));
        if (environment.sets(key) && environment.sets(file) && environment.areRight(List.of(key, file))) {
            environment.conflict(key + " and " + file + " must not both be set; leave one of them out");
        }
    }

    private Optional<LlmProvider> provider(Setting setting) {
        return environment.optional(setting).map(name -> LlmProvider.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** The one provider that there is a key of, beside that of the fallback; or one that needs none. */
    private Optional<LlmProvider> derived(Optional<LlmProvider> second) {
        Set<LlmProvider> candidates = EnumSet.noneOf(LlmProvider.class);
        keys.forEach((provider, key) -> {
            if (key.isSet()) {
                candidates.add(provider);
            }
        });
        if (candidates.size() > 1) {
            second.ifPresent(candidates::remove);
        }
        if (candidates.isEmpty() && environment.sets(Setting.LLM_BASE_URL)) {
            return Optional.of(LlmProvider.OPENAI);
        }
        if (candidates.size() > 1) {
            environment.conflict("There are keys of %s, so LLM_PROVIDER must be set to the one of them that answers"
                    .formatted(candidates.stream().map(LlmProvider::toString).collect(Collectors.joining(", "))));
            return Optional.empty();
        }
        return candidates.stream().findFirst();
    }

    /** Model of a provider, if there is one; empty if a setting that it needs is missing or wrong, too, which is then kept. */
    private Optional<Model> model(Setting chooser, Optional<LlmProvider> chosen, Setting name, Setting baseUrl) {
        Optional<String> modelName = environment.optional(name);
        Optional<String> url = environment.optional(baseUrl);
        if (chosen.isEmpty() || !environment.areRight(ALL)) {
            return Optional.empty();
        }
        LlmProvider provider = chosen.get();
        LlmKey key = Objects.requireNonNull(keys.get(provider));
        boolean isOwnServer = provider == LlmProvider.OPENAI && url.isPresent();
        if (!key.isSet() && !isOwnServer) {
            environment.conflict("%1$s is %2$s, so %3$s_API_KEY or %3$s_API_KEY_FILE must be set%4$s"
                    .formatted(
                            chooser,
                            provider,
                            provider.name(),
                            provider == LlmProvider.OPENAI ? ", or " + baseUrl : ""));
            return Optional.empty();
        }
        if (isOwnServer && modelName.isEmpty()) {
            environment.conflict(
                    "%s must be set with %s: a server of one's own has models of its own".formatted(name, baseUrl));
            return Optional.empty();
        }
        return Optional.of(new Model(
                provider,
                url.map(text -> URI.create(text.replaceFirst("/+$", ""))).orElse(provider.baseUrl()),
                isOwnServer,
                modelName.orElse(provider.defaultModel()),
                key));
    }

    private void checkTogether(boolean isFirst, boolean isSecond) {
        if (!environment.areRight(ALL)) {
            return;
        }
        if (isSecond && !isFirst) {
            environment.conflict("LLM_FALLBACK_PROVIDER is set, so LLM_PROVIDER must be set, too");
        }
        for (Setting setting : List.of(Setting.LLM_FALLBACK_MODEL, Setting.LLM_FALLBACK_BASE_URL)) {
            if (environment.sets(setting) && !isSecond) {
                environment.conflict(setting + " is set, so LLM_FALLBACK_PROVIDER must be set, too");
            }
        }
        if (firstTokenTimeout.compareTo(timeout) > 0) {
            environment.conflict("LLM_FIRST_TOKEN_TIMEOUT_SECONDS must not be more than LLM_TIMEOUT_SECONDS");
        }
    }

    /** Model that is asked; empty if there is none. */
    public Optional<Model> model() {
        return model;
    }

    /** Model that is asked where the first one gives no answer; empty if there is none. */
    public Optional<Model> fallback() {
        return fallback;
    }

    /** Time within which an answer begins, for each of the models; above 0. */
    public Duration firstTokenTimeout() {
        return firstTokenTimeout;
    }

    /** Time within which an answer ends; not less than {@link #firstTokenTimeout()}. */
    public Duration timeout() {
        return timeout;
    }
}
