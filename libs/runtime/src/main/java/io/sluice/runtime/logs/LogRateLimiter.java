package io.sluice.runtime.logs;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets a line of the log through at most once in ten seconds, so that an outage which ends thousands of requests does not write
 * as many lines. The one that is let through says for how many it stands.
 */
public final class LogRateLimiter {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;

    /** Lines that were left out; guarded by this. */
    private long leftOut;

    /** Guarded by this. */
    private long next;

    /** Lets the first line through. */
    public LogRateLimiter() {
        this(System::nanoTime);
    }

    LogRateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /**
     * Asks for a line to be let through.
     *
     * @return for how many it stands: itself, and those that were left out before it; 0 if it is to be left out
     */
    public synchronized long pass() {
        long now = nanoTime.getAsLong();
        leftOut++;
        if (now - next < 0) {
            return 0;
        }
        long standsFor = leftOut;
        leftOut = 0;
        next = now + BETWEEN_LINES.toNanos();
        return standsFor;
    }
}
