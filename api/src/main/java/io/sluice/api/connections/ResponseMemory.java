package io.sluice.api.connections;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory for responses, shared by all requests. A response has a {@link ResponseReservation} while it is read from PostgreSQL and
 * written, and is among the {@link UnreadResponses} from then until its client has received it.
 */
@Singleton
final class ResponseMemory {

    /** Responses that were given up because clients did not read them in time. */
    final LongAdder slow = new LongAdder();

    /** Responses that were given up because others needed the memory. */
    final LongAdder crowdedOut = new LongAdder();

    /** Budget of responses that clients have not received. */
    final MemoryBudget unread;

    private final long maxBytes;

    /** Guarded by this, as all else. */
    private long reservedBytes;

    private int reservations;
    private long unreadBytes;

    @Inject
    ResponseMemory(ConnectionLimits limits) {
        this(limits.responsesBytes(), limits.unreadBytes());
    }

    ResponseMemory(long maxBytes, long unreadBytes) {
        this.maxBytes = maxBytes;
        this.unread = new MemoryBudget(unreadBytes);
    }

    /**
     * Waits until there is room. Where nothing else is reserved there always is, so that clients that read nothing cannot keep all
     * others out.
     *
     * @return false if there was no room within that time
     */
    synchronized boolean reserve(long bytes, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (reservations > 0 && reservedBytes + unreadBytes + bytes > maxBytes) {
            long nanos = deadline - System.nanoTime();
            if (nanos <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
        reservations++;
        reservedBytes += bytes;
        return true;
    }

    /** Releases a part of a reservation. */
    synchronized void reduce(long bytes) {
        reservedBytes -= bytes;
        notifyAll();
    }

    /** Releases a reservation. */
    synchronized void release(long bytes) {
        reservations--;
        reservedBytes -= bytes;
        notifyAll();
    }

    /** Adds bytes that are written and not received, even if there is no room: they exist already. */
    synchronized void addUnread(long bytes) {
        unreadBytes += bytes;
    }

    /** Removes bytes that are received or given up. */
    synchronized void removeUnread(long bytes) {
        unreadBytes -= bytes;
        notifyAll();
    }

    synchronized long unreadBytes() {
        return unreadBytes;
    }
}
