package io.sluice.chaos;

import org.jspecify.annotations.Nullable;

/**
 * A fault as it came to pass. All times are in seconds since the run began.
 *
 * @param fault what was broken
 * @param begin when it was
 * @param back when it had returned: a network when it was healed, a process when it was ready or went on
 * @param flows when an event of each key was stored that was posted after the return; {@code null} if that was not awaited any
 *     longer
 */
record Incident(Fault fault, double begin, double back, @Nullable Double flows) {

    /** From the return until events flowed again, in seconds; infinite if they did not. */
    double recovery() {
        return flows == null ? Double.POSITIVE_INFINITY : flows - back;
    }
}
