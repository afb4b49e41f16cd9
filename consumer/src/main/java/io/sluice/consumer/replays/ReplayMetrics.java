package io.sluice.consumer.replays;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Metrics of replays; listed in {@code docs/guides/metrics.md}, and registered at start, at zero. */
@Startup
@Singleton
class ReplayMetrics {

    /** A cause of a failure. */
    enum Cause {
        /** PostgreSQL, to read events and to save how far they are sent. */
        DATABASE,
        /** Kafka, or the way there. */
        KAFKA
    }

    private final Counter sent;
    private final Map<Cause, Counter> failures = new EnumMap<>(Cause.class);

    ReplayMetrics(MeterRegistry registry) {
        sent = Counter.builder("sluice.consumer.replays.sent")
                .description("Events of replays that Kafka has acknowledged to this replica")
                .baseUnit("events")
                .register(registry);
        for (Cause cause : Cause.values()) {
            failures.put(
                    cause,
                    Counter.builder("sluice.consumer.replays.failures")
                            .description("Attempts of replays that failed")
                            .tag("dependency", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void sent(int events) {
        sent.increment(events);
    }

    void failed(Cause cause) {
        Objects.requireNonNull(failures.get(cause)).increment();
    }
}
