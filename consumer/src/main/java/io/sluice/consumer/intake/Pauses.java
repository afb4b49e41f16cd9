package io.sluice.consumer.intake;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.consumer.logs.LogLine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the intake waits for something, since when and why. Told to the log once when it begins and once when it ends, and to
 * the metrics all the time.
 */
@Startup
@Singleton
public class Pauses {

    private static final Logger LOG = Logger.getLogger(Pauses.class.getName());

    private final Clock clock;
    private final Map<Part, Counter> begun = new EnumMap<>(Part.class);

    /** Nanoseconds of the pauses that are over; guarded by this. */
    private final Map<Part, Long> past = new EnumMap<>(Part.class);

    /** Guarded by this. */
    private @Nullable Pause current;

    Pauses(MeterRegistry registry) {
        clock = registry.config().clock();
        for (Part part : Part.values()) {
            past.put(part, 0L);
            begun.put(
                    part,
                    Counter.builder("sluice.consumer.pauses")
                            .description("Times that the intake began to wait for something")
                            .tag("part", part.label())
                            .register(registry));
            FunctionCounter.builder("sluice.consumer.paused", this, pauses -> pauses.seconds(part))
                    .description("How long the intake has waited, the pause that goes on included")
                    .baseUnit("seconds")
                    .tag("part", part.label())
                    .register(registry);
        }
    }

    private record Pause(Part part, String reason, long since) {}

    /** What is waited for and why, or empty if the intake is not paused. */
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(current).map(pause -> pause.part.label() + ": " + pause.reason);
    }

    /** Begins a pause, or says what the one that goes on is about by now. */
    synchronized void begin(Part part, String reason) {
        Pause before = current;
        if (before == null) {
            describe(LogLine.of("intake-paused"), part, reason).write(LOG, Level.WARN);
            Objects.requireNonNull(begun.get(part)).increment();
            current = new Pause(part, reason, clock.monotonicTime());
        } else {
            current = new Pause(part, reason, before.since);
        }
    }

    /** Ends the pause if there is one. */
    synchronized void end() {
        Pause over = current;
        if (over != null) {
            long nanos = clock.monotonicTime() - over.since;
            past.merge(over.part, nanos, Long::sum);
            current = null;
            describe(LogLine.of("intake-resumed"), over.part, over.reason)
                    .with("seconds", Duration.ofNanos(nanos).toMillis() / 1000.0)
                    .write(LOG, Level.INFO);
        }
    }

    private static LogLine describe(LogLine line, Part part, String reason) {
        return line.with("part", part.label()).with("reason", reason);
    }

    private synchronized double seconds(Part part) {
        long nanos = Objects.requireNonNull(past.get(part));
        Pause pause = current;
        if (pause != null && pause.part == part) {
            nanos += clock.monotonicTime() - pause.since;
        }
        return nanos / 1e9;
    }
}
