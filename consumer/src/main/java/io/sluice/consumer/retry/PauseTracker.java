package io.sluice.consumer.retry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.runtime.logs.LogLine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Tracks pauses of the intake: their dependency, their reason and their duration. Logged at their beginning and end,
 * and counted by metrics.
 */
@Startup
@Singleton
public class PauseTracker {

    private static final Logger LOG = Logger.getLogger(PauseTracker.class.getName());

    private final Clock clock;
    private final Map<Dependency, Counter> begun = new EnumMap<>(Dependency.class);

    /** Total duration of past pauses in ns; guarded by this. */
    private final Map<Dependency, Long> past = new EnumMap<>(Dependency.class);

    /** Pauses under way; guarded by this. */
    private final Map<Dependency, Pause> current = new EnumMap<>(Dependency.class);

    PauseTracker(MeterRegistry registry) {
        clock = registry.config().clock();
        for (Dependency dependency : Dependency.values()) {
            past.put(dependency, 0L);
            begun.put(
                    dependency,
                    Counter.builder("sluice.consumer.pauses")
                            .description("Times that the intake began to wait for something")
                            .tag("dependency", dependency.label())
                            .register(registry));
            FunctionCounter.builder("sluice.consumer.paused", this, pauseTracker -> pauseTracker.seconds(dependency))
                    .description("How long the intake has waited, the pause that goes on included")
                    .baseUnit("seconds")
                    .tag("dependency", dependency.label())
                    .register(registry);
        }
    }

    private record Pause(String reason, long since) {}

    /** The dependencies waited for, with the reasons, or empty if there is no pause. */
    public synchronized Optional<String> reason() {
        return current.entrySet().stream()
                .map(pause -> pause.getKey().label() + ": " + pause.getValue().reason)
                .reduce((one, other) -> one + "; " + other);
    }

    /** Begins a pause, or updates its reason. */
    synchronized void begin(Dependency dependency, String reason) {
        Pause before = current.get(dependency);
        if (before == null) {
            describe(LogLine.of("intake-paused"), dependency, reason).write(LOG, Level.WARN);
            Objects.requireNonNull(begun.get(dependency)).increment();
            current.put(dependency, new Pause(reason, clock.monotonicTime()));
        } else {
            current.put(dependency, new Pause(reason, before.since));
        }
    }

    /** Ends the pause, if any. */
    synchronized void end(Dependency dependency) {
        Pause over = current.remove(dependency);
        if (over != null) {
            long nanos = clock.monotonicTime() - over.since;
            past.merge(dependency, nanos, Long::sum);
            describe(LogLine.of("intake-resumed"), dependency, over.reason)
                    .with("seconds", Duration.ofNanos(nanos).toMillis() / 1000.0)
                    .write(LOG, Level.INFO);
        }
    }

    private static LogLine describe(LogLine line, Dependency dependency, String reason) {
        return line.with("dependency", dependency.label()).with("reason", reason);
    }

    private synchronized double seconds(Dependency dependency) {
        long nanos = Objects.requireNonNull(past.get(dependency));
        Pause pause = current.get(dependency);
        if (pause != null) {
            nanos += clock.monotonicTime() - pause.since;
        }
        return nanos / 1e9;
    }
}
