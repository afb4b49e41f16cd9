package io.sluice.api.replays;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay as its owner sees it.
 *
 * @param seq orders replays of one {@code createdAt}
 * @param reason why it has failed, or what it waits for; else {@code null}
 * @param until never later than it was ordered
 * @param key {@code null} once it has ended, or if it has none
 * @param keySha256 of the key, in hexadecimal digits, or {@code null} if it has none
 * @param handler that is called with the events, or {@code null} if they are sent to the topic
 * @param sent how many events Kafka has acknowledged, or the handler has handled
 * @param erased how many events were passed over because they are erased
 * @param position when the last event was stored up to which all is acknowledged, or {@code null} before the first
 */
@JsonPropertyOrder({
    "id",
    "status",
    "reason",
    "since",
    "until",
    "key",
    "keySha256",
    "type",
    "handler",
    "sent",
    "erased",
    "position",
    "createdAt",
    "startedAt",
    "endedAt"
})
record Replay(
        UUID id,
        @JsonIgnore long seq,
        ReplayStatus status,
        @Nullable String reason,
        @Nullable Instant since,
        Instant until,
        @Nullable String key,
        @Nullable String keySha256,
        @Nullable String type,
        @Nullable String handler,
        long sent,
        long erased,
        @Nullable Instant position,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** Columns that it is read from. */
    static final String COLUMNS =
            "id, seq, status, reason, since, until, key, key_sha256, type, handler, sent, erased, position, created_at, started_at, ended_at";

    /** Reads it from a row with these columns. */
    static Replay of(ResultSet row) throws SQLException {
        byte[] keySha256 = row.getBytes("key_sha256");
        return new Replay(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                ReplayStatus.of(row.getString("status")),
                row.getString("reason"),
                time(row, "since"),
                Sql.instant(row, "until"),
                row.getString("key"),
                keySha256 == null ? null : HexFormat.of().formatHex(keySha256),
                row.getString("type"),
                row.getString("handler"),
                row.getLong("sent"),
                row.getLong("erased"),
                time(row, "position"),
                Sql.instant(row, "created_at"),
                time(row, "started_at"),
                time(row, "ended_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The place in the list. */
    Cursor place() {
        return new Cursor(createdAt, seq);
    }
}
