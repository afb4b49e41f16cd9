package io.sluice.consumer.replays;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay that is worked on.
 *
 * @param owner caller whose events of features are sent to the topic, beside those of all clients
 * @param since when the events were stored at the earliest, or {@code null}
 * @param until before when they were stored
 * @param key of the events, or {@code null} for any
 * @param type of the events, or {@code null} for any
 * @param handler that is called with them, or {@code null} if they are sent to the topic
 * @param position place of the last event that is known to be acknowledged, or {@code null} before the first
 */
record Replay(
        UUID id,
        String owner,
        @Nullable OffsetDateTime since,
        OffsetDateTime until,
        @Nullable String key,
        @Nullable String type,
        @Nullable String handler,
        @Nullable Place position) {

    /** Columns that it is read from. */
    static final String COLUMNS = "id, owner, since, until, key, type, handler, position, position_seq";

    /** Reads it from a row with these columns. */
    static Replay of(ResultSet row) throws SQLException {
        OffsetDateTime position = row.getObject("position", OffsetDateTime.class);
        return new Replay(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                row.getObject("since", OffsetDateTime.class),
                row.getObject("until", OffsetDateTime.class),
                row.getString("key"),
                row.getString("type"),
                row.getString("handler"),
                position == null ? null : new Place(position, row.getLong("position_seq")));
    }

    /** The same, behind this place. */
    Replay at(Place place) {
        return new Replay(id, owner, since, until, key, type, handler, place);
    }
}
