package io.sluice.api.messages.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of the topic, in the order in which they came, for all readers together: each has a cursor of its own. Its memory is
 * bounded, whoever reads or does not. Safe for use by several threads at once.
 */
final class TailBuffer {

    /** Most bytes; a single entry may have more. */
    static final long MAX_BYTES = 8 << 20;

    /** A power of two. */
    static final int MAX_ENTRIES = 1 << 14;

    /** Each at its number, modulo the length. */
    private final @Nullable Entry[] entries = new @Nullable Entry[MAX_ENTRIES];

    private final long maxBytes;

    /** Number of the first entry; guarded by this, as all else. */
    private long first;

    /** Number of the entry that comes next. */
    private long behind;

    private long bytes;

    /** Number of the first entry of the stretch that readers can join: behind the last loss. */
    private long joinable;

    /** The offset of each partition before which events of that stretch are not here any more. */
    private StreamPosition begin;

    /** The offset of each partition up to which it has been read. */
    private StreamPosition end;

    /** An empty one, which begins at a position. */
    TailBuffer(StreamPosition position, long maxBytes) {
        this.begin = position.copy();
        this.end = position.copy();
        this.maxBytes = maxBytes;
    }

    synchronized void add(Entry.Arrived arrived) {
        end.advance(arrived.partition(), arrived.offset() + 1);
        append(arrived);
    }

    synchronized void add(Entry.Lost lost) {
        begin = lost.behind().copy();
        end = lost.behind().copy();
        append(lost);
        joinable = behind;
    }

    private void append(Entry entry) {
        if (behind - first == MAX_ENTRIES) {
            removeFirst();
        }
        entries[index(behind)] = entry;
        behind++;
        bytes += entry.bytes();
        while (bytes > maxBytes && behind - first > 1) {
            removeFirst();
        }
    }

    private void removeFirst() {
        Entry removed = Objects.requireNonNull(entries[index(first)]);
        entries[index(first)] = null;
        bytes -= removed.bytes();
        if (first >= joinable && removed instanceof Entry.Arrived arrived) {
            begin.advance(arrived.partition(), arrived.offset() + 1);
        }
        first++;
    }

    private static int index(long number) {
        return (int) (number & (MAX_ENTRIES - 1));
    }

    /** Notes how far a partition has been read, whether that brought events or not. */
    synchronized void reached(int partition, long offset) {
        end.advance(partition, offset);
    }

    synchronized StreamPosition end() {
        return end.copy();
    }

    /** Part of the entries, and what is behind them. */
    record Part(List<Entry> entries, long cursor) {}

    /**
     * Reads on.
     *
     * @param cursor number of the entry to begin with
     * @return {@code null} if that is not here any more
     */
    synchronized @Nullable Part read(long cursor, int most) {
        if (cursor < first) {
            return null;
        }
        long until = Math.min(behind, cursor + most);
        List<Entry> part = new ArrayList<>((int) (until - cursor));
        for (long number = cursor; number < until; number++) {
            part.add(Objects.requireNonNull(entries[index(number)]));
        }
        return new Part(part, until);
    }

    /**
     * Takes a position to where the topic has been read to, which may be behind the last event: where there are markers of transactions,
     * and records that are no events.
     *
     * @return false if the reader has not taken all entries yet
     */
    synchronized boolean reachEnd(StreamPosition position, long cursor) {
        if (cursor != behind || !position.topicId().equals(end.topicId())) {
            return false;
        }
        for (int partition = 0; partition < end.partitions(); partition++) {
            position.advance(partition, end.next(partition));
        }
        return true;
    }

    /**
     * The cursor of a reader that is at a position, or -1 if not all is here that comes behind it, or it is ahead where it has read nothing
     * itself: another replica has read further, or the topic ends before it. Entries that it finds before its position are to be passed
     * over.
     *
     * @param isRead tells of a partition whether the reader has read it up to its position, so that the topic has what it is ahead by
     */
    synchronized long join(StreamPosition position, IntPredicate isRead) {
        if (!position.topicId().equals(end.topicId())) {
            return -1;
        }
        for (int partition = 0; partition < Math.max(begin.partitions(), position.partitions()); partition++) {
            boolean ahead = partition < end.partitions() && position.next(partition) > end.next(partition);
            if ((ahead && !isRead.test(partition)) || position.next(partition) < begin.next(partition)) {
                return -1;
            }
        }
        return Math.max(first, joinable);
    }
}
