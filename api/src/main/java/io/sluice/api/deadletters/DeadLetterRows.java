package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.Sql;
import io.sluice.api.deadletters.DeadLetter.Origin;
import io.sluice.api.deadletters.DeadLetterDetails.Action;
import io.sluice.api.deadletters.DeadLetterDetails.DeadRecord;
import io.sluice.api.deadletters.DeadLetterDetails.Failure;
import io.sluice.api.deadletters.DeadLetterDetails.Header;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of rows. */
final class DeadLetterRows {

    /** The columns of {@link #deadLetter}. */
    static final String COLUMNS =
            """
            id, seq, state, reason, detail, attempts, origin_topic, origin_partition, origin_offset, event_id, type, key,
            subject, failed_at, last_failed_at, stored_at, resolved_at, coalesce(octet_length(record_value), 0) as size""";

    /** The columns of {@link #record}. */
    static final String RECORD_COLUMNS = "record_key, record_value, header_keys, header_values";

    private DeadLetterRows() {}

    static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("state"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("attempts"),
                origin(row),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("key"),
                row.getString("subject"),
                Sql.instant(row, "failed_at"),
                Sql.instant(row, "last_failed_at"),
                Sql.instant(row, "stored_at"),
                instantOrNull(row, "resolved_at"),
                row.getInt("size"),
                row.getLong("seq"));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return new Origin(row.getString("origin_topic"), row.getInt("origin_partition"), row.getLong("origin_offset"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static DeadRecord record(ResultSet row) throws SQLException {
        byte[][] names = (byte[][]) row.getArray("header_keys").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            headers.add(new Header(new String(names[i], UTF_8), Content.of(values[i])));
        }
        return new DeadRecord(
                Content.of(row.getBytes("record_key")), Content.of(row.getBytes("record_value")), headers);
    }

    static List<Failure> failures(ResultSet rows) throws SQLException {
        List<Failure> failures = new ArrayList<>();
        while (rows.next()) {
            failures.add(new Failure(
                    rows.getObject("id", UUID.class),
                    rows.getString("reason"),
                    rows.getString("detail"),
                    origin(rows),
                    rows.getObject("event_id", UUID.class),
                    Sql.instant(rows, "failed_at")));
        }
        return failures;
    }

    static List<Action> actions(ResultSet rows) throws SQLException {
        List<Action> actions = new ArrayList<>();
        while (rows.next()) {
            actions.add(new Action(
                    rows.getString("action"),
                    rows.getString("who"),
                    Sql.instant(rows, "at"),
                    rows.getString("outcome")));
        }
        return actions;
    }
}
