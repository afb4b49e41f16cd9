package io.sluice.worker.embedding;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Passages of documents that wait for their first vectors go before those that are embedded anew. */
@Singleton
public class IngestPriority {

    /** Longest wait of a passage: so that what is embedded anew gets done however many documents are uploaded. */
    private static final Duration MAX_WAIT = Duration.ofMillis(500);

    private int ingests;

    /** Says that the passages of a new document are embedded from now on. */
    public synchronized void begin() {
        ingests++;
    }

    /** Says that those of one document are embedded, or are not to be. */
    public synchronized void end() {
        ingests--;
        notifyAll();
    }

    /** Waits until no new document is being embedded, for half a second at most. */
    synchronized void await() throws InterruptedException {
        long start = System.nanoTime();
        long left = MAX_WAIT.toNanos();
        while (ingests > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = MAX_WAIT.toNanos() - (System.nanoTime() - start);
        }
    }
}
