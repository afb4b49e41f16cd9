package io.sluice.consumer.replays;

import io.sluice.contract.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the events of a replay from the table {@code messages}, page by page. The transaction is the caller's. */
final class StoredEvents {

    /** Most rows that are looked at for a page. */
    static final int MAX_ROWS = 200;

    /** Most bytes of payload of a page, unless its first event alone has more. */
    static final int MAX_BYTES = 4 << 20;

    /** Rows behind the nearer one of two ends, the replay's position and its beginning: with both, PostgreSQL may begin at the other. */
    private static final String ROWS =
            """
            select *, erased_at is null %s %s as wanted
              from messages
             where stored_at < ? %s %s
             order by stored_at, seq
             limit ?""";

    /** Cut where it gets too large, before a payload that lies out of line is read. */
    private static final String PAGE =
            """
            select id, seq, stored_at, type, key, subject, caller, owner, time, traceparent, wanted, erased_at is not null as erased,
                   case when wanted then payload end as payload
              from (select *, sum(case when wanted then octet_length(payload) else 0 end) over (order by stored_at, seq) as bytes_so_far
                      from (%s) looked_at) measured
             where bytes_so_far <= ? or bytes_so_far = octet_length(payload)
             order by stored_at, seq""";

    private StoredEvents() {}

    /**
     * Events behind a place.
     *
     * @param events that are to be sent
     * @param erased how many were passed over because they are erased
     * @param last place of the last row that was looked at, or {@code null} if there are no more
     */
    record Page(List<Event> events, int erased, @Nullable Place last) {}

    /**
     * Reads what follows the replay's position. To be called in another transaction than the one that found nothing to be stored below its
     * end any more.
     */
    static Page next(Connection transaction, Replay replay) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String statement = statement(replay, parameters);
        try (PreparedStatement select = transaction.prepareStatement(statement)) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                return page(rows, replay);
            }
        }
    }

    private static String statement(Replay replay, List<Object> parameters) {
        String ofOwner = "";
        if (replay.handler() == null) {
            ofOwner = "and (caller <> '%s' or owner = ?)".formatted(Event.OUTBOX);
            parameters.add(replay.owner());
        }
        String ofType = "";
        if (replay.type() != null) {
            ofType = "and type = ?";
            parameters.add(replay.type());
        }
        parameters.add(replay.until());
        String from = "";
        if (replay.position() != null) {
            from = "and (stored_at, seq) > (?, ?)";
            parameters.add(replay.position().storedAt());
            parameters.add(replay.position().seq());
        } else if (replay.since() != null) {
            from = "and stored_at >= ?";
            parameters.add(replay.since());
        }
        String ofKey = "";
        if (replay.key() != null) {
            ofKey = "and key = ?";
            parameters.add(replay.key());
        }
        parameters.add(MAX_ROWS);
        parameters.add(MAX_BYTES);
        return PAGE.formatted(ROWS.formatted(ofOwner, ofType, from, ofKey));
    }

    private static Page page(ResultSet rows, Replay replay) throws SQLException {
        List<Event> events = new ArrayList<>();
        int erased = 0;
        Place last = null;
        while (rows.next()) {
            if (rows.getBoolean("wanted")) {
                events.add(event(rows));
            } else if (rows.getBoolean("erased")
                    && replay.type() == null
                    && !rows.getString("caller").equals(Event.OUTBOX)) {
                erased++;
            }
            last = new Place(rows.getObject("stored_at", OffsetDateTime.class), rows.getLong("seq"));
        }
        return new Page(events, erased, last);
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("key"),
                row.getString("subject"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("caller"),
                row.getString("owner"),
                row.getString("traceparent"),
                row.getBytes("payload"));
    }
}
