package io.sluice.api.chat.sessions;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the table {@code chat_sessions}.
 *
 * @param seq orders sessions that were begun at the same time
 * @param title beginning of the first question
 * @param turns number of them
 * @param updatedAt when the last turn came
 */
record Session(UUID id, @JsonIgnore long seq, String title, int turns, Instant createdAt, Instant updatedAt) {

    /** Columns that {@link #of} reads. */
    static final String COLUMNS = "id, seq, title, turns, created_at, updated_at";

    static Session of(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                row.getString("title"),
                row.getInt("turns"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"));
    }

    /** Its place in a list. */
    Cursor place() {
        return new Cursor(createdAt, seq);
    }
}
