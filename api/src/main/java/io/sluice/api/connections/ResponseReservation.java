package io.sluice.api.connections;

import io.vertx.core.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a request reserves for its response, from before that is read until it is written: as rows and as JSON it is on the
 * heap several times. It is kept in the request's context.
 */
public final class ResponseReservation {

    /**
     * A full page of messages: 2 MiB of payloads, as hexadecimal text from PostgreSQL, as bytes, as JSON, and as the buffer that is
     * written, of which three are there at a time at most.
     */
    private static final long BYTES = 9 << 20;

    /** Bytes that all but the payload takes: the rest of a row, headers, and buffers that are larger than what they have. */
    private static final long BYTES_BESIDE_PAYLOAD = 64 << 10;

    private static final double BYTES_OF_PAYLOAD_BYTE = 4.5;

    private final ResponseMemory memory;

    /** Zero while nothing is reserved. */
    private long reservedBytes;

    private boolean reading;
    private boolean ended;

    ResponseReservation(ResponseMemory memory) {
        this.memory = memory;
    }

    /** A reservation in the context of a request that begins. */
    static ResponseReservation begin(Context request, ResponseMemory memory) {
        ResponseReservation reservation = new ResponseReservation(memory);
        request.putLocal(ResponseReservation.class, reservation);
        return reservation;
    }

    /** The reservation of a request; {@code null} for requests that only write. */
    public static @Nullable ResponseReservation of(Context request) {
        return request.getLocal(ResponseReservation.class);
    }

    /**
     * Begins to read, and waits for memory unless it is reserved already.
     *
     * @return false if there is none within that time
     */
    public boolean beginReading(Duration timeout) throws InterruptedException {
        boolean wanted;
        synchronized (this) {
            reading = true;
            wanted = reservedBytes < BYTES;
            if (wanted) {
                release();
            }
        }
        boolean granted = !wanted || memory.reserve(BYTES, timeout);
        synchronized (this) {
            reservedBytes = granted ? BYTES : 0;
            reading = granted;
        }
        return granted;
    }

    /** Keeps what a response with a payload of this length takes, and no more, once it is read. */
    public synchronized void keepFor(int payloadBytes) {
        long kept = Math.min(reservedBytes, BYTES_BESIDE_PAYLOAD + (long) (BYTES_OF_PAYLOAD_BYTE * payloadBytes));
        memory.reduce(reservedBytes - kept);
        reservedBytes = kept;
    }

    /**
     * Ends reading. Releases the memory if nothing was read that goes on to need it, so that others have it while the request waits, or is
     * sent part by part.
     */
    public synchronized void endReading(boolean nothing) {
        reading = false;
        if (nothing || ended) {
            release();
        }
    }

    /** Ends the response: it is written, or its client is gone. A read that is under way keeps the memory until it ends. */
    synchronized void end() {
        ended = true;
        if (!reading) {
            release();
        }
    }

    private void release() {
        if (reservedBytes > 0) {
            memory.release(reservedBytes);
            reservedBytes = 0;
        }
    }
}
