package io.sluice.runtime.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with jitter: each delay is up to twice the previous one, and at least half of its bound, so that
 * consumers that failed together do not retry together.
 *
 * @param first upper bound of the first delay
 * @param longest upper bound of all delays
 * @param random source of numbers from 0 to 1
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    /** The delay after a number of consecutive failures, from 1 on. */
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, Integer.SIZE - 2);
        double bound = Math.min(first.toMillis() * (double) (1L << doublings), (double) longest.toMillis());
        return Duration.ofMillis((long) (bound * (0.5 + random.getAsDouble() / 2)));
    }
}
