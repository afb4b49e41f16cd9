package io.sluice.consumer.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before trying again: twice as long each time, up to a bound, and of that a random part between half and all,
 * so that consumers that failed together do not come back together.
 *
 * @param first the bound of the first wait
 * @param longest the bound of all waits
 * @param random from 0 to 1
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    /** The wait after so many failures in a row, from 1 on. */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, Integer.SIZE - 2);
        double bound = Math.min(first.toMillis() * (double) (1L << doublings), (double) longest.toMillis());
        return Duration.ofMillis((long) (bound * (0.5 + random.getAsDouble() / 2)));
    }
}
