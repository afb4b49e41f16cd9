package io.sluice.consumer.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether the intake waits for something, since when and why. Told to the log once when it begins and once when it ends. */
@Singleton
public class Pauses {

    private static final Logger LOG = Logger.getLogger(Pauses.class);

    private final LongSupplier nanoTime;
    private final IntakeMetrics metrics;
    private volatile @Nullable Pause current;

    @Inject
    Pauses(IntakeMetrics metrics) {
        this(metrics, System::nanoTime);
    }

    Pauses(IntakeMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    private record Pause(Part part, String reason, long since) {}

    /** What is waited for and why, or empty if the intake is not paused. */
    public Optional<String> reason() {
        Pause pause = current;
        return Optional.ofNullable(pause).map(it -> it.part.label() + ": " + it.reason);
    }

    /** Begins a pause, or says what the one that goes on is about by now. */
    void begin(Part part, String reason) {
        Pause before = current;
        if (before == null) {
            LOG.warnf("intake-paused part=%s reason=\"%s\"", part.label(), reason);
            metrics.paused(part);
            current = new Pause(part, reason, nanoTime.getAsLong());
        } else {
            current = new Pause(part, reason, before.since);
        }
    }

    /** Ends the pause if there is one. */
    void end() {
        Pause over = current;
        if (over != null) {
            current = null;
            Duration length =
                    Duration.ofNanos(nanoTime.getAsLong() - over.since).truncatedTo(ChronoUnit.MILLIS);
            LOG.infof("intake-resumed part=%s after=%s reason=\"%s\"", over.part.label(), length, over.reason);
        }
    }
}
