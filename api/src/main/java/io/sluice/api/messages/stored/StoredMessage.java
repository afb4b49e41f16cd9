package io.sluice.api.messages.stored;

import io.sluice.api.database.Sized;
import io.sluice.api.database.Sql;
import io.sluice.contract.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param seq orders rows of one {@code storedAt}
 * @param time when the api took it, by the api's clock
 * @param storedAt when it was stored, by PostgreSQL's clock, in microseconds
 * @param traceparent the W3C trace context it came with, or {@code null}
 * @param payload the bytes that the client sent
 */
public record StoredMessage(
        UUID id,
        long seq,
        String type,
        @Nullable String key,
        @Nullable String subject,
        Instant time,
        Instant storedAt,
        @Nullable String traceparent,
        byte[] payload)
        implements Sized {

    /** Columns that a row is read from. */
    public static final String COLUMNS = "id, seq, type, key, subject, time, stored_at, traceparent, payload";

    /** Condition, with the caller as its parameter: events of features are shown to their owner alone, and erased ones to nobody. */
    public static final String VISIBLE = "erased_at is null and (caller <> '" + Event.OUTBOX + "' or owner = ?)";

    @Override
    public int payloadBytes() {
        return payload.length;
    }

    /** Reads it from a row with these columns. */
    public static StoredMessage of(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                row.getString("type"),
                row.getString("key"),
                row.getString("subject"),
                Sql.instant(row, "time"),
                Sql.instant(row, "stored_at"),
                row.getString("traceparent"),
                row.getBytes("payload"));
    }
}
