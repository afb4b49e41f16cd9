package io.sluice.api.messages.stream;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** One reader's way through the tail, from where it has joined: makes blocks of what has come since. For one thread at a time. */
final class TailCursor {

    /** Bytes of events that are written at once, unless a single one has more. */
    static final int BLOCK_BYTES = 64 << 10;

    /** Entries that are looked at before others have their turn. */
    private static final int PART = 256;

    private final TailBuffer buffer;
    private final StreamPosition position;
    private final StreamFilter filter;
    private final StreamMetrics metrics;
    private long next;

    /**
     * Begins.
     *
     * @param from number of the entry to begin with
     * @param position of the reader, which goes on with it
     */
    TailCursor(TailBuffer buffer, long from, StreamPosition position, StreamFilter filter, StreamMetrics metrics) {
        this.buffer = buffer;
        this.next = from;
        this.position = position;
        this.filter = filter;
        this.metrics = metrics;
    }

    /** The next block, of no bytes if nothing has come that the reader is shown; {@code null} if what comes next is not here any more. */
    byte @Nullable [] read() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        while (block.size() < BLOCK_BYTES) {
            TailBuffer.Part part = buffer.read(next, PART);
            if (part == null) {
                // What is composed already is sent, and the next time the reader is told.
                return block.size() > 0 ? block.toByteArray() : null;
            }
            if (part.entries().isEmpty()) {
                break;
            }
            for (Entry entry : part.entries()) {
                next++;
                take(entry, block);
                if (block.size() >= BLOCK_BYTES) {
                    break;
                }
            }
        }
        return block.toByteArray();
    }

    private void take(Entry entry, ByteArrayOutputStream block) {
        if (entry instanceof Entry.Arrived arrived) {
            // What was there when it joined may have been sent already.
            if (arrived.offset() >= position.next(arrived.partition())) {
                position.advance(arrived.partition(), arrived.offset() + 1);
                if (filter.shows(arrived.event())) {
                    block.writeBytes(
                            StreamEvents.message(arrived.event(), position).bytes());
                    metrics.sent();
                }
            }
        } else if (entry instanceof Entry.Lost lost) {
            position.become(lost.behind());
            block.writeBytes(StreamEvents.gap(lost.gap(), position).bytes());
            metrics.gap();
        }
    }

    /** A heartbeat, behind all that has come if the reader was sent all of it. */
    byte[] heartbeat() {
        boolean unused = buffer.reachEnd(position, next);
        return StreamEvents.heartbeat(position).bytes();
    }
}
