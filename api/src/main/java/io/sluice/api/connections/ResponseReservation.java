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

    private final ResponseMemory memory;
    private boolean reserved;
    private boolean reading;
    private boolean ended;

    ResponseReservation(ResponseMemory memory) {
        this.memory = memory;
    }

    /** One that is kept in the context of a request that begins. */
    static ResponseReservation begin(Context request, ResponseMemory memory) {
        ResponseReservation reservation = new ResponseReservation(memory);
        request.putLocal(ResponseReservation.class, reservation);
        return reservation;
    }

    /** That of a request; {@code null} if it has none, as those that only write. */
    public static @Nullable ResponseReservation of(Context request) {
        return request.getLocal(ResponseReservation.class);
    }

    /**
     * Begins to read, and waits for memory unless it is reserved already.
     *
     * @return false if there is none within that time
     */
    public boolean beginReading(Duration patience) throws InterruptedException {
        boolean wanted;
        synchronized (this) {
            reading = true;
            wanted = !reserved;
        }
        boolean granted = !wanted || memory.reserve(BYTES, patience);
        synchronized (this) {
            reserved = granted;
            reading = granted;
        }
        return granted;
    }

    /** What was read is there; where it is nothing, the memory is free for others while the request waits. */
    public synchronized void endReading(boolean nothing) {
        reading = false;
        if (nothing || ended) {
            release();
        }
    }

    /** The response is written, or nobody is there to receive it; what is still being read counts until it is there. */
    synchronized void end() {
        ended = true;
        if (!reading) {
            release();
        }
    }

    private void release() {
        if (reserved) {
            reserved = false;
            memory.release(BYTES);
        }
    }
}
