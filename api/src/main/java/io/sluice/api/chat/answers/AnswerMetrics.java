package io.sluice.api.chat.answers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.sluice.api.chat.generative.FallbackReason;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Counts answers, and measures how long they take. */
@Startup
@Singleton
class AnswerMetrics {

    private static final Duration[] BUCKETS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private enum Outcome {
        ANSWERED,
        NOT_FOUND,
        FAILED,
        CANCELLED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<AnswerMode, Map<Outcome, Counter>> answers = new EnumMap<>(AnswerMode.class);
    private final Map<AnswerMode, Timer> times = new EnumMap<>(AnswerMode.class);
    private final Map<FallbackReason, Counter> fallbacks = new EnumMap<>(FallbackReason.class);
    private final Counter notBegun;
    private final Counter left;

    AnswerMetrics(MeterRegistry registry) {
        for (AnswerMode mode : AnswerMode.values()) {
            Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
            Arrays.stream(Outcome.values())
                    .forEach(outcome -> outcomes.put(outcome, counter(mode.toString(), outcome, registry)));
            answers.put(mode, outcomes);
            times.put(
                    mode,
                    Timer.builder("sluice.api.chat.answer")
                            .description("From a question that was read to the end of its answer")
                            .tag("mode", mode.toString())
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        for (FallbackReason reason : FallbackReason.values()) {
            Counter counter = Counter.builder("sluice.api.chat.fallbacks")
                    .description("Answers that are quoted because the language model gave none")
                    .tag("reason", reason.toString())
                    .register(registry);
            fallbacks.put(reason, counter);
        }
        notBegun = counter("none", Outcome.FAILED, registry);
        left = counter("none", Outcome.CANCELLED, registry);
    }

    private static Counter counter(String mode, Outcome outcome, MeterRegistry registry) {
        return Counter.builder("sluice.api.chat.answers")
                .description("Answers to questions")
                .tag("mode", mode)
                .tag("outcome", outcome.label())
                .register(registry);
    }

    /** The same answer, counted and measured when it ends. */
    Uni<Reply> observe(Uni<Reply> reply) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return reply.onFailure()
                    .invoke(failure -> notBegun.increment())
                    .onCancellation()
                    .invoke(left::increment)
                    .invoke(started -> fellBack(started.opening().fallback()))
                    .map(started -> new Reply(
                            started.opening(),
                            started.parts()
                                    .onTermination()
                                    .invoke((failure, cancelled) ->
                                            ended(started.opening(), failure != null, cancelled, begun))));
        });
    }

    private void fellBack(@Nullable FallbackReason reason) {
        if (reason != null) {
            Objects.requireNonNull(fallbacks.get(reason)).increment();
        }
    }

    private void ended(Opening opening, boolean failed, boolean cancelled, long begun) {
        Outcome outcome = cancelled
                ? Outcome.CANCELLED
                : failed
                        ? Outcome.FAILED
                        : opening.sources().isEmpty() && opening.mode() != AnswerMode.EMERGENCY
                                ? Outcome.NOT_FOUND
                                : Outcome.ANSWERED;
        Objects.requireNonNull(
                        Objects.requireNonNull(answers.get(opening.mode())).get(outcome))
                .increment();
        if (!failed && !cancelled) {
            Objects.requireNonNull(times.get(opening.mode())).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
