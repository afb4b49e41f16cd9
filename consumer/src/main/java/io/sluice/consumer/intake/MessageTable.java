package io.sluice.consumer.intake;

import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The table {@code messages}, which holds all events. The transaction is the caller's. */
@Singleton
class MessageTable {

    /**
     * One statement for any number of events: a parameter for each column, an array with a value for each event. {@code
     * stored_at} is the time of the row, not of the transaction: a transaction that waits for another consumer's began
     * before that one's rows were written, and its rows still sort behind them.
     */
    private static final String INSERT =
            """
            insert into messages (id, type, key, subject, caller, owner, time, traceparent, payload, fingerprint, stored_at)
            select id, type, key, subject, caller, owner, time, traceparent, payload, fingerprint, clock_timestamp()
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[], ?::bytea[])
                with ordinality
                as arrived (id, type, key, subject, caller, owner, time, traceparent, payload, fingerprint, position)
            order by position
            on conflict (id) do nothing
            returning id
            """;

    private static final String TIME = "select message_writer_time()";

    /** SQLSTATEs of a unique violation, and of a feature that is not supported: COPY with row-level security. */
    private static final Set<String> REFUSALS_OF_COPY = Set.of("23505", "0A000");

    private static final String FINGERPRINTS = "select id, fingerprint from messages where id = any (?::uuid[])";

    /**
     * Inserts the events whose ids are not stored yet, in their order; of several events with the same id, the first.
     *
     * @return the ids that were inserted
     */
    Set<UUID> insert(Connection connection, List<ReceivedEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            Columns columns = new Columns(insert, events);
            columns.add("uuid", UUID[]::new, Event::id);
            columns.add("text", String[]::new, Event::type);
            columns.add("text", String[]::new, Event::key);
            columns.add("text", String[]::new, Event::subject);
            columns.add("text", String[]::new, Event::caller);
            columns.add("text", String[]::new, Event::owner);
            columns.add("timestamptz", String[]::new, event -> timestamptz(event.time()));
            columns.add("text", String[]::new, Event::traceparent);
            columns.add("bytea", byte[][]::new, Event::payload);
            columns.addFingerprints();
            return ids(insert);
        }
    }

    /**
     * Inserts events in their order, in less time than {@link #insert} takes, if the ids of all are new. All get the same {@code
     * stored_at}, from before the first row: where one of their ids is another transaction's, this one waits, and fails if
     * that one commits, so no row stands before one of its key that was written earlier.
     *
     * @throws CopyRefusedException if an id is stored already, or stands twice among them, or the table has row-level security;
     *     nothing more can be done in the transaction
     */
    void copy(Connection connection, List<ReceivedEvent> events) throws SQLException, CopyRefusedException {
        Instant storedAt = time(connection);
        try {
            MessageCopy.write(connection.unwrap(PGConnection.class).getCopyAPI(), events, storedAt);
        } catch (SQLException e) {
            if (REFUSALS_OF_COPY.contains(String.valueOf(e.getSQLState()))) {
                throw new CopyRefusedException(e);
            }
            throw e;
        }
    }

    private static Instant time(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TIME);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * In microseconds, PostgreSQL's precision; formatted by hand, because a formatter takes as long as all other
     * columns.
     */
    private static String timestamptz(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder("0001-01-01 00:00:00.000000Z".length());
        digits(text, 1_000, utc.getYear()).append('-');
        digits(text, 10, utc.getMonthValue()).append('-');
        digits(text, 10, utc.getDayOfMonth()).append(' ');
        digits(text, 10, utc.getHour()).append(':');
        digits(text, 10, utc.getMinute()).append(':');
        digits(text, 10, utc.getSecond()).append('.');
        return digits(text, 100_000, utc.getNano() / 1_000).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder text, int highest, int number) {
        for (int unit = highest; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
        return text;
    }

    private static Set<UUID> ids(PreparedStatement insert) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** The stored fingerprints of these ids; ids that are not stored are left out. */
    Map<UUID, Fingerprint> fingerprints(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, Fingerprint> fingerprints = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(FINGERPRINTS)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray(UUID[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    fingerprints.put(rows.getObject(1, UUID.class), Fingerprint.ofBytes(rows.getBytes(2)));
                }
            }
        }
        return fingerprints;
    }

    /** Appends the parameters of a statement in order. */
    private static final class Columns {

        private final PreparedStatement statement;
        private final List<ReceivedEvent> events;
        private int count;

        Columns(PreparedStatement statement, List<ReceivedEvent> events) {
            this.statement = statement;
            this.events = events;
        }

        <T> void add(String type, IntFunction<@Nullable T[]> array, Function<Event, @Nullable T> column)
                throws SQLException {
            addArray(type, events.stream().map(ReceivedEvent::event).map(column).toArray(array));
        }

        void addFingerprints() throws SQLException {
            addArray(
                    "bytea", events.stream().map(it -> it.fingerprint().bytes()).toArray(byte[][]::new));
        }

        private void addArray(String type, @Nullable Object[] values) throws SQLException {
            count++;
            statement.setArray(count, statement.getConnection().createArrayOf(type, values));
        }
    }
}
