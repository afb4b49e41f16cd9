package io.sluice.consumer.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Progress of the batches under way. Each attempt is a heartbeat, so a pause for retries has heartbeats too. */
public class BatchProgress {

    /** Number of batches that can be under way: one, and the next. */
    private static final int MAX_BATCHES = 2;

    private final LongSupplier nanoTime;

    /** A permit is held by each batch under way. */
    private final Semaphore permits = new Semaphore(MAX_BATCHES);

    private volatile long lastHeartbeat;

    BatchProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Time since the last heartbeat of a batch under way, or empty if there is none. */
    public Optional<Duration> sinceLastHeartbeat() {
        return permits.availablePermits() == MAX_BATCHES
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastHeartbeat));
    }

    /** A batch under way; closing ends it. */
    public final class UnderWay implements AutoCloseable {

        @Override
        public void close() {
            permits.release();
        }
    }

    /** Begins a batch, once at most one other is under way. */
    public UnderWay begin() {
        // First, so that the batch is never seen with the heartbeat of one from long ago.
        heartbeat();
        permits.acquireUninterruptibly();
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
        boolean ended = permits.tryAcquire(MAX_BATCHES, atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            permits.release(MAX_BATCHES);
        }
        return ended;
    }
}
