package io.sluice.consumer.retry;

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

    /** What is waited for at the moment; guarded by this. */
    private final Map<Part, Pause> current = new EnumMap<>(Part.class);

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

    private record Pause(String reason, long since) {}

    /** What is waited for and why, or empty if the intake is not paused. */
    public synchronized Optional<String> reason() {
        return current.entrySet().stream()
                .map(pause -> pause.getKey().label() + ": " + pause.getValue().reason)
                .reduce((one, other) -> one + "; " + other);
    }

    /** Begins a pause, or says what the one that goes on is about by now. */
    synchronized void begin(Part part, String reason) {
        Pause before = current.get(part);
        if (before == null) {
            describe(LogLine.of("intake-paused"), part, reason).write(LOG, Level.WARN);
            Objects.requireNonNull(begun.get(part)).increment();
            current.put(part, new Pause(reason, clock.monotonicTime()));
        } else {
            current.put(part, new Pause(reason, before.since));
        }
    }

    /** Ends the pause if there is one. */
    synchronized void end(Part part) {
        Pause over = current.remove(part);
        if (over != null) {
            long nanos = clock.monotonicTime() - over.since;
            past.merge(part, nanos, Long::sum);
            describe(LogLine.of("intake-resumed"), part, over.reason)
                    .with("seconds", Duration.ofNanos(nanos).toMillis() / 1000.0)
                    .write(LOG, Level.INFO);
        }
    }

    private static LogLine describe(LogLine line, Part part, String reason) {
        return line.with("part", part.label()).with("reason", reason);
    }

    private synchronized double seconds(Part part) {
        long nanos = Objects.requireNonNull(past.get(part));
        Pause pause = current.get(part);
        if (pause != null) {
            nanos += clock.monotonicTime() - pause.since;
        }
        return nanos / 1e9;
    }
}
