package io.sluice.api.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Completion.Usage;
import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelFailure.Kind;
import io.sluice.llm.ModelObserver.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ModelMetrics metrics = new ModelMetrics(registry);

    @Test
    void anAnswerIsCountedWithItsTokensAndTimed() {
        metrics.onRequest(new Request(
                "groq",
                "m",
                Optional.of(Reason.LENGTH),
                Optional.empty(),
                Optional.of(Duration.ofMillis(150)),
                Duration.ofSeconds(2),
                new Usage(11, 7)));

        assertThat(count("groq", "length")).isEqualTo(1);
        assertThat(count("openai", "length")).isZero();
        assertThat(tokens("input")).isEqualTo(11);
        assertThat(tokens("output")).isEqualTo(7);
        assertThat(registry.get("sluice.api.model.first.text")
                        .tag("provider", "groq")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(150);
    }

    @Test
    void aFailureIsCountedByItsKind() {
        metrics.onRequest(new Request(
                "groq",
                "m",
                Optional.empty(),
                Optional.of(new ModelFailure(Kind.TOO_LONG, "groq answered with status 413", Optional.empty())),
                Optional.empty(),
                Duration.ofSeconds(2),
                new Usage(0, 0)));

        assertThat(count("groq", "too-long")).isEqualTo(1);
        assertThat(registry.get("sluice.api.model.first.text")
                        .tag("provider", "groq")
                        .timer()
                        .count())
                .isZero();
    }

    private double count(String provider, String outcome) {
        return registry.get("sluice.api.model.requests")
                .tag("provider", provider)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double tokens(String direction) {
        return registry.get("sluice.api.model.tokens")
                .tag("provider", "groq")
                .tag("direction", direction)
                .counter()
                .count();
    }
}
