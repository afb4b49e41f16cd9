package io.sluice.consumer.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contract.DeadLetterReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What the intake has done, in numbers. The meters' names are stable; each is there from the start, at zero. */
@Singleton
class IntakeMetrics {

    private final Counter records;
    private final Counter stored;
    private final Counter doubled;
    private final Map<DeadLetterReason, Counter> deadLettered = new EnumMap<>(DeadLetterReason.class);
    private final Map<Part, Counter> pauses = new EnumMap<>(Part.class);
    private final DistributionSummary batchRecords;
    private final Timer batchTime;

    IntakeMetrics(MeterRegistry registry) {
        records = counter("records", "Records received").register(registry);
        stored = counter("stored", "Events stored").register(registry);
        doubled = counter("doubled", "Events that were stored already").register(registry);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLettered.put(
                    reason,
                    counter("dead.lettered", "Records that became dead letters")
                            .tag("reason", reason.code())
                            .register(registry));
        }
        for (Part part : Part.values()) {
            pauses.put(
                    part,
                    counter("pauses", "Times that the intake began to wait for something")
                            .tag("part", part.label())
                            .register(registry));
        }
        batchRecords = DistributionSummary.builder("sluice.consumer.batch.records")
                .description("Records of a batch")
                .register(registry);
        batchTime = Timer.builder("sluice.consumer.batch.time")
                .description("From receiving a batch until its offsets may be committed")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder("sluice.consumer." + name).description(description);
    }

    void batch(int received, Outcome outcome, Duration time) {
        records.increment(received);
        stored.increment(outcome.stored());
        doubled.increment(outcome.doubled());
        outcome.refused().forEach(letter -> Objects.requireNonNull(deadLettered.get(letter.reason()))
                .increment());
        batchRecords.record(received);
        batchTime.record(time);
    }

    void paused(Part part) {
        Objects.requireNonNull(pauses.get(part)).increment();
    }
}
