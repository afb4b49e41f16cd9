package io.sluice.consumer.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the batch under way turns over: each attempt at anything is a turn, so a pause turns too. */
public class BatchProgress {

    private final LongSupplier nanoTime;

    /** Held by the batch under way. */
    private final Semaphore running = new Semaphore(1);

    private volatile @Nullable Long lastHeartbeat;

    BatchProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long ago the batch under way turned, or empty if there is none. */
    public Optional<Duration> sinceLastHeartbeat() {
        return Optional.ofNullable(lastHeartbeat).map(heartbeat -> Duration.ofNanos(nanoTime.getAsLong() - heartbeat));
    }

    /** A batch; it ends when this is closed. */
    public final class UnderWay implements AutoCloseable {

        private final long began = nanoTime.getAsLong();

        /** How long ago it began. */
        public Duration age() {
            return Duration.ofNanos(nanoTime.getAsLong() - began);
        }

        @Override
        public void close() {
            lastHeartbeat = null;
            running.release();
        }
    }

    /** Begins a batch, when the one before has ended. */
    public UnderWay begin() {
        running.acquireUninterruptibly();
        heartbeat();
        return new UnderWay();
    }

    /** Says that the batch under way turns over: it makes another attempt. */
    public void heartbeat() {
        lastHeartbeat = nanoTime.getAsLong();
    }

    /** Waits until no batch is under way, and says whether it came to that. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        boolean ended = running.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            running.release();
        }
        return ended;
    }
}
