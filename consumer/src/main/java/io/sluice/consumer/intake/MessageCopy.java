package io.sluice.consumer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Writes events to the table {@code messages} by COPY in its binary format, which costs PostgreSQL the least of all ways.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-BINARY-FORMAT">COPY, binary format</a>
 */
final class MessageCopy {

    private static final String COPY =
            """
            copy messages (id, type, key, subject, caller, owner, time, traceparent, payload, fingerprint, stored_at)
            from stdin (format binary)
            """;

    /** The signature, no flags, and no extension. */
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final short COLUMNS = 11;
    private static final short END = -1;
    private static final int NULL = -1;

    /** Time at which PostgreSQL's times begin, in seconds of Unix time. */
    private static final long EPOCH_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private static final int CHUNK = 64 << 10;

    private final CopyIn copy;
    private final Instant storedAt;
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

    private MessageCopy(CopyIn copy, Instant storedAt) {
        this.copy = copy;
        this.storedAt = storedAt;
    }

    /**
     * Writes the events, in their order.
     *
     * @param storedAt the time of all of them, by the server's clock
     */
    static void write(CopyManager server, List<ReceivedEvent> events, Instant storedAt) throws SQLException {
        CopyIn copy = server.copyIn(COPY);
        try {
            new MessageCopy(copy, storedAt).write(events);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void write(List<ReceivedEvent> events) throws SQLException {
        buffer.put(HEADER);
        for (ReceivedEvent received : events) {
            write(received.event(), received.fingerprint().bytes());
        }
        room(Short.BYTES).putShort(END);
        flush();
        copy.endCopy();
    }

    private void write(Event event, byte[] fingerprint) throws SQLException {
        room(Short.BYTES).putShort(COLUMNS);
        write(event.id());
        write(event.type());
        write(event.key());
        write(event.subject());
        write(event.caller());
        write(event.owner());
        write(event.time());
        write(event.traceparent());
        write(event.payload());
        write(fingerprint);
        write(storedAt);
    }

    private void write(UUID id) throws SQLException {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
    }

    /** Writes microseconds, PostgreSQL's precision. */
    private void write(Instant time) throws SQLException {
        room(Integer.BYTES + Long.BYTES)
                .putInt(Long.BYTES)
                .putLong((time.getEpochSecond() - EPOCH_SECOND) * 1_000_000 + time.getNano() / 1_000);
    }

    private void write(@Nullable String text) throws SQLException {
        if (text == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            write(text.getBytes(UTF_8));
        }
    }

    private void write(byte[] bytes) throws SQLException {
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
