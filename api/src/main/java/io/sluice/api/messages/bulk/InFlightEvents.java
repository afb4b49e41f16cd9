package io.sluice.api.messages.bulk;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of one request that Kafka has not acknowledged yet, with a bound, and the position up to which all are. One thread hands events over;
 * any thread may end their wait.
 */
final class InFlightEvents {

    /**
     * Most bytes of events that wait, unless one alone has more: those that Kafka takes in 20 ms at 100 MB/s. With all requests that there
     * are places for, it is half of the producer's memory.
     */
    static final int MAX_BYTES = 2 << 20;

    /** Bytes of an event beside its payload, as a record and in objects. */
    private static final int OTHER_BYTES = 512;

    /** The producer has given up every event by then; one that has died tells nobody. */
    private static final Duration ACKNOWLEDGEMENT_TIMEOUT = Duration.ofSeconds(15);

    /** Time for which an event is handed over again that is not accepted: that for which the producer tries one that it has taken. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    /** Events in the order of their positions; those that have failed stay. Guarded by this, as is all that follows. */
    private final Deque<Sent> open = new ArrayDeque<>();

    private long bytes;
    private long accepted;
    private long position;
    private long lastEnded;
    private @Nullable ProblemException failure;

    /** An event that was handed over. */
    static final class Sent {

        private final long position;
        private final UUID id;
        private final int bytes;
        private boolean acknowledged;

        Sent(long position, UUID id, int bytes) {
            this.position = position;
            this.id = id;
            this.bytes = bytes;
        }
    }

    /**
     * Begins the wait for an event that is about to be handed over; blocks while too much waits.
     *
     * @throws ProblemException if one before it has failed
     */
    synchronized Sent begin(long position, UUID id, int payloadBytes) {
        int more = payloadBytes + OTHER_BYTES;
        await(() -> failure != null || bytes <= 0 || bytes + more <= MAX_BYTES);
        if (failure != null) {
            throw failure;
        }
        Sent sent = new Sent(position, id, more);
        open.add(sent);
        bytes += more;
        return sent;
    }

    /** True if others than this one wait. */
    synchronized boolean areOthersAwaited(Sent sent) {
        return bytes > sent.bytes;
    }

    /**
     * Waits a moment before an event is handed over again that was not accepted.
     *
     * @param since when it was not for the first time, of {@link System#nanoTime}
     * @return false if it has been tried for as long as the producer tries one, or one before it has failed
     */
    synchronized boolean pauseBeforeRetry(long since) {
        long now = System.nanoTime();
        if (now - since > RETRY.toNanos()) {
            return false;
        }
        long end = now + RETRY_PAUSE.toNanos();
        try {
            while (failure == null && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
            return failure == null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the wait for an event: it is acknowledged, or has failed for this reason. */
    synchronized void end(Sent sent, @Nullable ProblemException problem) {
        bytes -= sent.bytes;
        lastEnded = System.nanoTime();
        if (problem == null) {
            accepted++;
            sent.acknowledged = true;
            while (!open.isEmpty() && open.element().acknowledged) {
                open.remove();
            }
        } else if (failure == null) {
            failure = problem;
        }
        // Not for each of them: who waits goes on with many.
        if (failure != null || bytes <= MAX_BYTES / 2) {
            notifyAll();
        }
    }

    /** All up to this position was handed over, or need not be. */
    synchronized void pass(long position) {
        this.position = position;
    }

    /** Waits until none waits; returns the first failure, or {@code null}. */
    synchronized @Nullable ProblemException awaitAll() {
        await(() -> bytes <= 0);
        return failure;
    }

    /** Waits for it, for as long as now and then an event is acknowledged or fails. */
    private void await(BooleanSupplier condition) {
        lastEnded = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = ACKNOWLEDGEMENT_TIMEOUT.toMillis()
                    - Duration.ofNanos(System.nanoTime() - lastEnded).toMillis();
            if (left <= 0) {
                giveUp();
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                giveUp();
                return;
            }
        }
    }

    private void giveUp() {
        bytes = 0;
        if (failure == null) {
            failure = ProblemException.of(
                    ProblemCode.OUTCOME_UNKNOWN, "Kafka has not acknowledged the event.", open.element().id);
        }
    }

    /** The number of events that were acknowledged. */
    synchronized long accepted() {
        return accepted;
    }

    /** The position up to which nothing waits and nothing has failed. */
    synchronized long through() {
        return open.isEmpty() ? position : Math.min(position, open.element().position - 1);
    }
}
