package io.sluice.consumer.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Progress of the batch under way. Each attempt is a heartbeat, so a pause for retries has heartbeats too. */
public class BatchProgress {

    private final LongSupplier nanoTime;

    /** Held while a batch is under way. */
    private final Semaphore running = new Semaphore(1);

    private volatile @Nullable Long lastHeartbeat;

    BatchProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Time since the last heartbeat of the batch under way, or empty if there is none. */
    public Optional<Duration> sinceLastHeartbeat() {
        return Optional.ofNullable(lastHeartbeat).map(heartbeat -> Duration.ofNanos(nanoTime.getAsLong() - heartbeat));
    }

    /** A batch under way; closing ends it. */
    public final class UnderWay implements AutoCloseable {

        private final long began = nanoTime.getAsLong();

        /** Time since it began. */
        public Duration age() {
            return Duration.ofNanos(nanoTime.getAsLong() - began);
        }

        @Override
        public void close() {
            lastHeartbeat = null;
            running.release();
        }
    }

    /** Begins a batch once the previous one has ended. */
    public UnderWay begin() {
        running.acquireUninterruptibly();
        heartbeat();
        return new UnderWay();
    }

    /** Records a heartbeat: another attempt is made. */
    public void heartbeat() {
        lastHeartbeat = nanoTime.getAsLong();
    }

    /**
     * Waits until no batch is under way.
     *
     * @return whether that happened in time
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        boolean ended = running.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            running.release();
        }
        return ended;
    }
}
