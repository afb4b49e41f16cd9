package io.sluice.consumer.outbox;

import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** State of the relay, for health and logs; written by its thread alone. */
final class RelayStatus {

    private static final Logger LOG = Logger.getLogger(RelayStatus.class.getName());

    /** Reason why nothing can be published. */
    private final LoggedState<Optional<String>> pause = new LoggedState<>(Optional.empty());

    private final LoggedState<Boolean> leading = new LoggedState<>(false);
    private volatile Optional<String> held = Optional.empty();
    private long pausedAt;

    /** The relay holds the lease, or another one does. */
    void leads(boolean now) {
        if (leading.changesTo(now)) {
            (now ? LogLine.of("outbox-lease-taken") : LogLine.of("outbox-lease-lost")).write(LOG, Level.INFO);
        }
    }

    /** Nothing can be published. */
    void waits(String reason) {
        boolean begins = pause.current().isEmpty();
        pause.changesTo(Optional.of(reason));
        if (begins) {
            pausedAt = System.nanoTime();
            LogLine.of("outbox-paused").with("reason", reason).write(LOG, Level.WARN);
        }
    }

    /** The last turn went well. */
    void works() {
        Optional<String> reason = pause.current();
        if (reason.isPresent()) {
            pause.changesTo(Optional.empty());
            LogLine.of("outbox-resumed")
                    .with("reason", reason.get())
                    .with(
                            "seconds",
                            Duration.ofNanos(System.nanoTime() - pausedAt).toMillis() / 1000.0)
                    .write(LOG, Level.INFO);
        }
    }

    void holds(Optional<String> summary) {
        held = summary;
    }

    /** Reason why nothing can be published, if nothing can. */
    Optional<String> pause() {
        return pause.current();
    }

    boolean isLeading() {
        return leading.current();
    }

    /** Aggregates that wait while all others are published, if there are any. */
    Optional<String> held() {
        return held;
    }
}
