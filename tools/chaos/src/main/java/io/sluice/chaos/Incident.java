package io.sluice.chaos;

import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected. All times are in seconds since the run began.
 *
 * @param fault what was injected
 * @param begin time of the fault
 * @param back time of the return: of a network when it was healed, of a process when it was ready or resumed
 * @param flows time at which an event of each key was stored that was posted after the return; {@code null} if waiting
 *     was abandoned
 */
record Incident(Fault fault, double begin, double back, @Nullable Double flows) {

    /** Time from the return until events flowed again, in seconds; infinite if they did not. */
    double recovery() {
        return flows == null ? Double.POSITIVE_INFINITY : flows - back;
    }
}
