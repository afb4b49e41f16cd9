package io.sluice.consumer.reading;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bound on the bytes of one poll. Kafka's client bounds what it fetches, but not the size after decompression: 8 MiB can become
 * gigabytes. Once the bound is reached, keys and values are replaced by {@link #DROPPED}, and their records are read again.
 */
final class PollLimit {

    /**
     * Twice the largest fetch, so that records which are not compressed are never dropped. Four polls are in memory at once: two
     * under way and two in the queue.
     */
    private static final long MAX_BYTES = 16 << 20;

    /** Placeholder for a dropped key or value; compared by identity. */
    static final byte[] DROPPED = new byte[0];

    private long bytes;
    private int accepted;
    private boolean reached;

    /** True if a key of this size is kept. */
    boolean acceptsKey(long size) {
        reached |= bytes > MAX_BYTES;
        bytes += size;
        return !reached;
    }

    /** True if the rest of a record is kept. The first one is, however large, or nothing behind it would ever be read. */
    boolean acceptsRecord(long size) {
        reached |= accepted > 0 && bytes + size > MAX_BYTES;
        if (!reached) {
            bytes += size;
            accepted++;
        }
        return !reached;
    }

    /** The number of records in front of the first dropped one. */
    int countAccepted(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        if (!reached) {
            return records.size();
        }
        int count = 0;
        while (count < records.size()
                && records.get(count).key() != DROPPED
                && records.get(count).value() != DROPPED) {
            count++;
        }
        return count;
    }

    /** Begins the next poll. */
    void reset() {
        bytes = 0;
        accepted = 0;
        reached = false;
    }
}
