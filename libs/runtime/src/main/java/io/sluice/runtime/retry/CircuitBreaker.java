package io.sluice.runtime.retry;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Circuit breaker: after some failures in a row no call is made for a while; then one finds out whether that has passed, and the others
 * wait for what it says.
 */
public final class CircuitBreaker {

    private final int threshold;
    private final Duration pause;
    private final LongSupplier nanoTime;

    /** Failures in a row; guarded by this. */
    private int failures;

    /** Time at which it opened last, by the clock; guarded by this. */
    private long openSince;

    /**
     * A closed one.
     *
     * @param threshold failures in a row after which it opens
     * @param pause for which it stays open
     * @param nanoTime a clock as {@link System#nanoTime()}
     */
    public CircuitBreaker(int threshold, Duration pause, LongSupplier nanoTime) {
        this.threshold = threshold;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** True if a call may be made, which is to be followed by its outcome. */
    public synchronized boolean allows() {
        if (failures < threshold) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (now - openSince < pause.toNanos()) {
            return false;
        }
        openSince = now;
        return true;
    }

    /** True if the last calls failed, so many in a row that calls are refused. */
    public synchronized boolean isOpen() {
        return failures >= threshold;
    }

    /** Takes note of a call that succeeded, which closes it. */
    public synchronized void succeeded() {
        failures = 0;
    }

    /** Takes note of a call that failed. */
    public synchronized void failed() {
        failures = Math.min(threshold, failures + 1);
        openSince = nanoTime.getAsLong();
    }
}
