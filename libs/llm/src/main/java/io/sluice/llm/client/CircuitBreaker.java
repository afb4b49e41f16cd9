package io.sluice.llm.client;

import io.sluice.llm.ModelFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Circuit breaker of a provider: after some failures in a row it is not asked for a while, and then one request finds out whether that
 * has passed. It is not asked either for as long as it has said that it does not want to be.
 */
final class CircuitBreaker {

    /** Failures in a row after which it opens. */
    static final int THRESHOLD = 5;

    /** Time for which it stays open. */
    static final Duration OPEN = Duration.ofSeconds(15);

    /** Longest pause that a provider can ask for: what it says may be wrong. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;

    /** Failures in a row; guarded by this. */
    private int failures;

    /** Point in time from which on one request may be made; of an open one; guarded by this. */
    private long openUntil;

    /** Point in time from which on requests may be made; guarded by this. */
    private long pausedUntil;

    /**
     * Rejection of a request.
     *
     * @param kind of failure that it is
     * @param left of the time for which requests are refused
     */
    record Rejection(Kind kind, Duration left) {}

    /**
     * A closed one.
     *
     * @param nanoTime a clock as {@link System#nanoTime()}
     */
    CircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.pausedUntil = nanoTime.getAsLong();
    }

    /** The reason why a request may not be made now; empty if it may, which is to be followed by its outcome. */
    synchronized Optional<Rejection> rejection() {
        long now = nanoTime.getAsLong();
        if (pausedUntil - now > 0) {
            return Optional.of(new Rejection(Kind.OVERLOADED, Duration.ofNanos(pausedUntil - now)));
        }
        if (failures < THRESHOLD) {
            return Optional.empty();
        }
        if (openUntil - now > 0) {
            return Optional.of(new Rejection(Kind.UNAVAILABLE, Duration.ofNanos(openUntil - now)));
        }
        // One whose outcome is never told, as that of an answer that was given up, is followed by another one.
        openUntil = now + OPEN.toNanos();
        return Optional.empty();
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /** Takes a failure of the provider's, and the time for which it does not want to be asked. */
    synchronized void failed(Optional<Duration> retryAfter) {
        long now = nanoTime.getAsLong();
        failures = Math.min(THRESHOLD, failures + 1);
        openUntil = now + OPEN.toNanos();
        retryAfter.ifPresent(pause -> {
            long until = now + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
            pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
        });
    }
}
