package io.sluice.consumer.intake;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.sluice.contract.DeadLetterReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Metrics of the intake. The meters' names are stable, and listed in {@code docs/guides/metrics.md}; each is registered
 * at start, at zero.
 */
@Startup
@Singleton
class IntakeMetrics {

    private static final Duration[] BATCH_SECONDS = seconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60);
    private static final Duration[] END_TO_END_SECONDS =
            seconds(.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600);

    private static final long NONE = Long.MAX_VALUE;

    private final Clock clock;
    private final Counter records;
    private final Counter stored;
    private final Counter duplicates;
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
    private final DistributionSummary batchRecords;
    private final Timer batch;
    private final Timer endToEnd;

    /**
     * Time at which the api received the oldest event of each batch under way, in ms since the epoch, or {@link #NONE}.
     */
    private final Queue<Long> oldestEvents = new ConcurrentLinkedQueue<>();

    private volatile long lastBatch;

    IntakeMetrics(MeterRegistry registry) {
        clock = registry.config().clock();
        lastBatch = clock.wallTime();
        records = counter("records", "Records read from the topic").register(registry);
        stored = counter("events.stored", "Events stored").register(registry);
        duplicates =
                counter("events.duplicates", "Events that were stored already").register(registry);
        // Foreign records came to the topic by another path.
        for (DeadLetterReason reason : EnumSet.complementOf(EnumSet.of(DeadLetterReason.FOREIGN))) {
            Counter.Builder counter = counter("dead.letters", "Records that became dead letters");
            deadLetters.put(reason, counter.tag("reason", reason.code()).register(registry));
        }
        for (Phase phase : Phase.values()) {
            Timer.Builder timer = timer("batch.phase", "How long a phase of a batch takes, its pauses included");
            phases.put(phase, timer.tag("phase", phase.label()).register(registry));
        }
        batchRecords = DistributionSummary.builder("sluice.consumer.batch.records")
                .description("Records of a batch")
                .register(registry);
        batch = timer("batch", "From receiving a batch until its offsets may be committed")
                .serviceLevelObjectives(BATCH_SECONDS)
                .register(registry);
        endToEnd = timer("end.to.end", "From the api's taking an event until the intake is done with it")
                .serviceLevelObjectives(END_TO_END_SECONDS)
                .register(registry);
        Gauge.builder("sluice.consumer.oldest.event.age", this, IntakeMetrics::oldestEventAge)
                .description(
                        "How long ago the api took the oldest event of the batch being processed, or 0 between batches")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("sluice.consumer.last.batch.timestamp", this, metrics -> metrics.lastBatch / 1000.0)
                .description("When the intake was done with a batch for the last time, or began")
                .baseUnit("seconds")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder("sluice.consumer." + name).description(description);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder("sluice.consumer." + name).description(description);
    }

    private static Duration[] seconds(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                .toArray(Duration[]::new);
    }

    /** A batch was received: the beginning of its processing. */
    Timer.Sample received(int size) {
        records.increment(size);
        batchRecords.record(size);
        return start();
    }

    /** The events of another batch are being processed. */
    void underWay(List<ReceivedEvent> events) {
        oldestEvents.add(events.stream()
                .mapToLong(received -> received.event().time().toEpochMilli())
                .min()
                .orElse(NONE));
    }

    /** Begins to measure a duration. */
    Timer.Sample start() {
        return Timer.start(clock);
    }

    /** Ends a phase. */
    void stop(Phase phase, Timer.Sample began) {
        began.stop(Objects.requireNonNull(phases.get(phase)));
    }

    /** Each record of the first of the batches under way is stored or a dead letter. */
    void done(List<ReceivedEvent> events, Outcome outcome, Timer.Sample processing) {
        stored.increment(outcome.stored());
        duplicates.increment(outcome.duplicates());
        outcome.rejected().forEach(letter -> Objects.requireNonNull(deadLetters.get(letter.reason()))
                .increment());
        long now = clock.wallTime();
        for (ReceivedEvent received : events) {
            // Clocks of two machines may differ by more than this duration.
            long millis = Math.max(0, now - received.event().time().toEpochMilli());
            endToEnd.record(millis, TimeUnit.MILLISECONDS);
        }
        lastBatch = now;
        oldestEvents.remove();
        processing.stop(batch);
    }

    private double oldestEventAge() {
        return Math.max(0, clock.wallTime() - Objects.requireNonNullElse(oldestEvents.peek(), NONE)) / 1000.0;
    }
}
