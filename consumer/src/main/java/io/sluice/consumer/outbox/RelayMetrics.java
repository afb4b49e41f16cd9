package io.sluice.consumer.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.consumer.outbox.OutboxTable.Backlog;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Metrics of the relay; listed in {@code docs/guides/metrics.md}, and registered at start, at zero. */
@Startup
@Singleton
class RelayMetrics {

    /** A cause of a failure to publish. */
    enum Cause {
        /** PostgreSQL, to read and delete what is published. */
        DATABASE,
        /** Kafka, or the way there. */
        KAFKA,
        /** An event that Kafka refuses for what it is. */
        EVENT
    }

    private final Counter published;
    private final Map<Cause, Counter> failures = new EnumMap<>(Cause.class);
    private volatile Backlog backlog = new Backlog(0, 0);
    private volatile boolean leader;

    RelayMetrics(MeterRegistry registry) {
        published = Counter.builder("sluice.consumer.outbox.published")
                .description("Events of features that Kafka has acknowledged to this relay")
                .baseUnit("events")
                .register(registry);
        for (Cause cause : Cause.values()) {
            failures.put(
                    cause,
                    Counter.builder("sluice.consumer.outbox.failures")
                            .description("Attempts of the relay that failed")
                            .tag("dependency", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("sluice.consumer.outbox.backlog", this, metrics -> metrics.backlog.events())
                .description("Events of features that wait to be published")
                .baseUnit("events")
                .register(registry);
        Gauge.builder("sluice.consumer.outbox.oldest.event.age", this, metrics -> metrics.backlog.oldestSeconds())
                .description("How long the oldest of them has waited, or 0")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("sluice.consumer.outbox.leader", this, metrics -> metrics.leader ? 1 : 0)
                .description("1 if this replica publishes them, 0 if another one does")
                .register(registry);
    }

    void published(int events) {
        published.increment(events);
    }

    void failed(Cause cause) {
        Objects.requireNonNull(failures.get(cause)).increment();
    }

    void backlog(Backlog now) {
        backlog = now;
    }

    void leader(boolean now) {
        leader = now;
    }
}
