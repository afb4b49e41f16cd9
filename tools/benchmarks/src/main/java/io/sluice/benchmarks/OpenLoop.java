package io.sluice.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** The parts of an open-loop load, which sends requests when they are due and times them from then on. */
final class OpenLoop {

    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;
    private static final int DIGITS = 3;

    private OpenLoop() {}

    /** Latencies of up to a minute, in microseconds, recorded by one thread. */
    static Histogram micros() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** Returns at a time of {@link System#nanoTime()}. */
    static void awaitDue(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Adds the time since a request was due. */
    static void record(Histogram micros, long due) {
        micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
    }

    /** Fails unless the status is this one. */
    static void require(int required, int status, String body) {
        if (status != required) {
            throw new Failure("The api answered %d: %s".formatted(status, body));
        }
    }
}
