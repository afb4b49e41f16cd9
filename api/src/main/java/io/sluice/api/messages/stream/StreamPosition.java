package io.sluice.api.messages.stream;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * A position in the topic: the offset that is read next of each partition. As text it is the id of a server-sent event, by which any
 * replica goes on: the topic's id and the offsets as numbers of variable length, in Base64 for URLs. Of 200 partitions with a trillion
 * events each that is 1.7 KiB. Not safe for use by several threads at once.
 */
final class StreamPosition {

    /** More partitions than an id may have: the length of a request's head is bounded. */
    private static final int MAX_PARTITIONS = 10_000;

    private static final int VERSION = 1;
    private static final int ID_BYTES = 16;

    private Uuid topicId;
    private long[] next;

    /** Takes the offsets as they are; they are not copied. */
    StreamPosition(Uuid topicId, long[] next) {
        this.topicId = topicId;
        this.next = next;
    }

    /** Reads the text of a position, or is empty if it is none. */
    static Optional<StreamPosition> decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            Uuid topicId = new Uuid(bytes.getLong(), bytes.getLong());
            long count = number(bytes);
            if (count < 1 || count > MAX_PARTITIONS) {
                return Optional.empty();
            }
            long[] next = new long[(int) count];
            for (int i = 0; i < next.length; i++) {
                next[i] = number(bytes);
                if (next[i] < 0) {
                    return Optional.empty();
                }
            }
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(new StreamPosition(topicId, next));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** LEB128: seven bits a byte, the lowest first, and the eighth where more follow; -1 for more than 63 bits. */
    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte part = bytes.get();
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        return -1;
    }

    /** The text, of ASCII without blanks. */
    String encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 + ID_BYTES + 6 * next.length);
        bytes.write(VERSION);
        bytes.writeBytes(ByteBuffer.allocate(ID_BYTES)
                .putLong(topicId.getMostSignificantBits())
                .putLong(topicId.getLeastSignificantBits())
                .array());
        write(next.length, bytes);
        for (long offset : next) {
            write(offset, bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(long number, ByteArrayOutputStream bytes) {
        long rest = number;
        while (rest > 0x7F) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    Uuid topicId() {
        return topicId;
    }

    /** The number of partitions that are known. */
    int partitions() {
        return next.length;
    }

    /** The offset that is read next; 0 of a partition that was not known: it was added since. */
    long next(int partition) {
        return partition < next.length ? next[partition] : 0;
    }

    /** Goes on to an offset, unless it is there or further. */
    void advance(int partition, long offset) {
        if (offset > next(partition)) {
            set(partition, offset);
        }
    }

    /** Goes to an offset, forwards or back. */
    void set(int partition, long offset) {
        if (partition >= next.length) {
            next = Arrays.copyOf(next, partition + 1);
        }
        next[partition] = offset;
    }

    /** Goes to another position, of whatever topic. */
    void become(StreamPosition other) {
        topicId = other.topicId;
        next = other.next.clone();
    }

    StreamPosition copy() {
        return new StreamPosition(topicId, next.clone());
    }
}
