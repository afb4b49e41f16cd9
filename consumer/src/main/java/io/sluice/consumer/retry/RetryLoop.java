package io.sluice.consumer.retry;

import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.runtime.database.SqlFailure;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.FailureSummary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Retries until an attempt succeeds. The thread is blocked meanwhile: one more batch is delivered at most, and the connector
 * keeps its partitions.
 */
@Singleton
public class RetryLoop {

    private static final Logger LOG = Logger.getLogger(RetryLoop.class.getName());

    /** Number of consecutive transaction conflicts that are retried without a pause in health and metrics. */
    private static final int QUIET_RETRIES = 3;

    private final Backoff backoff;
    private final PauseTracker pauseTracker;
    private final BatchProgressRegistry progress;
    private final ShutdownSignal shutdown;

    @Inject
    RetryLoop(PauseTracker pauseTracker, BatchProgressRegistry progress, ShutdownSignal shutdown) {
        this(
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> ThreadLocalRandom.current()
                        .nextDouble()),
                pauseTracker,
                progress,
                shutdown);
    }

    RetryLoop(Backoff backoff, PauseTracker pauseTracker, BatchProgressRegistry progress, ShutdownSignal shutdown) {
        this.backoff = backoff;
        this.pauseTracker = pauseTracker;
        this.progress = progress;
        this.shutdown = shutdown;
    }

    /** One attempt. */
    public interface Attempt<T> {
        /** Any exception leads to a retry. */
        T run() throws Exception;
    }

    /**
     * Retries until an attempt succeeds.
     *
     * @param dependency waited for meanwhile
     */
    public <T> T until(Dependency dependency, Attempt<T> attempt) throws ShutdownException {
        for (int failures = 1; ; failures++) {
            progress.of(dependency.loop()).heartbeat();
            try {
                T result = attempt.run();
                if (failures > 1) {
                    // Otherwise a pause is another thread's, which still waits.
                    pauseTracker.end(dependency);
                }
                return result;
            } catch (Exception failure) {
                waitAfter(failure, failures, dependency);
            }
        }
    }

    private void waitAfter(Exception failure, int failures, Dependency dependency) throws ShutdownException {
        LogLine.of("intake-attempt-failed")
                .with("dependency", dependency.label())
                .with("attempt", failures)
                .because(failure)
                .write(LOG, Level.DEBUG);
        if (failures > QUIET_RETRIES || SqlFailure.of(failure) != SqlFailure.CONFLICT) {
            pauseTracker.begin(dependency, FailureSummary.of(failure));
        }
        shutdown.sleep(backoff.after(failures));
    }
}
