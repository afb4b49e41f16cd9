package io.sluice.api.llm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelObserver;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.settings.LlmProvider;
import jakarta.inject.Singleton;
import org.jboss.logmanager.Logger;

/** Counts and times the requests to providers of language models, and logs those that fail. */
@Startup
@Singleton
class ModelMetrics implements ModelObserver {

    private static final Logger LOG = Logger.getLogger(ModelMetrics.class.getName());

    private final LogRateLimiter failedLines = new LogRateLimiter();
    private final MeterRegistry registry;

    /** Makes all series that can be known, so that they are there before the first request. */
    ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (LlmProvider provider : LlmProvider.values()) {
            Request.outcomes().forEach(outcome -> requests(provider.toString(), outcome));
            firstText(provider.toString());
            tokens(provider.toString(), "input");
            tokens(provider.toString(), "output");
        }
    }

    @Override
    public void onRequest(Request request) {
        requests(request.provider(), request.outcome()).increment();
        request.firstText().ifPresent(firstText(request.provider())::record);
        tokens(request.provider(), "input").increment(request.usage().inputTokens());
        tokens(request.provider(), "output").increment(request.usage().outputTokens());
        request.failure().ifPresent(failure -> log(request, failure));
    }

    private void log(Request request, ModelFailure failure) {
        LogLine.of("language-model-failed")
                .with("model", request.model())
                .with("reason", failure.detail())
                .write(LOG, failedLines);
    }

    private Counter requests(String provider, String outcome) {
        return Counter.builder("sluice.api.model.requests")
                .description("Requests to providers of language models")
                .tag("provider", provider)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer firstText(String provider) {
        return Timer.builder("sluice.api.model.first.text")
                .description("From asking a language model to the first text of its answer")
                .tag("provider", provider)
                .register(registry);
    }

    private Counter tokens(String provider, String direction) {
        return Counter.builder("sluice.api.model.tokens")
                .description("Tokens of prompts and answers, as providers count them")
                .tag("provider", provider)
                .tag("direction", direction)
                .register(registry);
    }
}
