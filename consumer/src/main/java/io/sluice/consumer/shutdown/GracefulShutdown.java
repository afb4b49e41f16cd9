package io.sluice.consumer.shutdown;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.runtime.logs.LogLine;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Drains the batches under way when the program stops. A batch that does not end in time is abandoned: its offsets are not
 * committed, so its records are read again.
 */
@Singleton
class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class.getName());

    /** Less than the grace period of a pod, with room for the connector's own shutdown. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private final BatchProgressRegistry progress;
    private final ShutdownSignal shutdown;

    GracefulShutdown(BatchProgressRegistry progress, ShutdownSignal shutdown) {
        this.progress = progress;
        this.shutdown = shutdown;
    }

    void drain(@Observes ShutdownEvent event) throws InterruptedException {
        shutdown.request();
        long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        for (Loop loop : Loop.values()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!progress.of(loop).awaitEnd(left)) {
                LogLine.of("batch-given-up")
                        .with("loop", loop.channel())
                        .with("seconds", DRAIN_TIMEOUT.toSeconds())
                        .write(LOG, Level.WARN);
            }
        }
    }
}
