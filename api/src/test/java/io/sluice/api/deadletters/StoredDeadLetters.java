package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Stores dead letters as the consumer does, one at a time. */
@ApplicationScoped
public class StoredDeadLetters {

    private final AgroalDataSource database;

    StoredDeadLetters(AgroalDataSource database) {
        this.database = database;
    }

    /** One that is as good as any other; follow with what matters, and {@link Row#store()}. */
    public Row with() {
        return new Row();
    }

    /** Fails again, as a record that is no event. */
    void fail(UUID id, String reason) {
        fail(id, reason, null);
    }

    /** Fails again, as this event. */
    void fail(UUID id, String reason, UUID eventId) {
        UUID attempt = UUID.randomUUID();
        execute("update dead_letters set attempts = attempts + 1, state = 'open', reason = ? where id = ?", reason, id);
        execute(
                """
                insert into dead_letter_attempts
                values (?, ?, ?, 'again', 'messages', 0, 5000, timestamptz '2026-01-03T00:00:00Z', ?)""",
                attempt,
                id,
                reason,
                eventId);
    }

    /** Runs a statement. */
    public void execute(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                statement.setObject(
                        i + 1,
                        parameter instanceof byte[][] array ? connection.createArrayOf("bytea", array) : parameter);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Does something while another transaction changes the row. */
    <T> T whileLocked(UUID id, Supplier<T> action) throws SQLException {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement update =
                    other.prepareStatement("update dead_letters set detail = detail where id = ?")) {
                update.setObject(1, id);
                update.executeUpdate();
                return action.get();
            } finally {
                other.rollback();
            }
        }
    }

    /** A text of the row. */
    String read(UUID id, String column) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select " + column + " from dead_letters where id = ?")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A row to be. */
    public final class Row {

        private UUID id = UUID.randomUUID();
        private String reason = "undecodable";
        private byte[] key = "k".getBytes(UTF_8);
        private byte[] value = "{\"total\":1}".getBytes(UTF_8);
        private final Map<String, byte[]> headers = new LinkedHashMap<>();
        private String type = null;
        private String eventKey = null;
        private String subject = null;
        private UUID eventId = null;
        private Instant storedAt = Instant.now();

        public Row id(UUID id) {
            this.id = id;
            return this;
        }

        public Row reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Row key(byte[] key) {
            this.key = key;
            return this;
        }

        Row value(byte[] value) {
            this.value = value;
            return this;
        }

        public Row value(String value) {
            return value(value.getBytes(UTF_8));
        }

        Row header(String name, byte[] value) {
            headers.put(name, value);
            return this;
        }

        public Row header(String name, String value) {
            return header(name, value.getBytes(UTF_8));
        }

        /** The attributes of the event. */
        public Row event(UUID id, String type, String key, String subject) {
            this.eventId = id;
            this.type = type;
            this.eventKey = key;
            this.subject = subject;
            return this;
        }

        Row subject(String subject) {
            return event(UUID.randomUUID(), "message", null, subject);
        }

        Row storedAt(Instant storedAt) {
            this.storedAt = storedAt;
            return this;
        }

        /** Stores the row and its first failure. */
        public UUID store() {
            execute(
                    """
                    insert into dead_letters (
                        id, reason, detail, attempts, origin_topic, origin_partition, origin_offset, record_key, record_value,
                        header_keys, header_values, event_id, type, key, subject, failed_at, last_failed_at, stored_at)
                    values (?, ?, 'one sentence', 1, 'messages', 3, 4711, ?, ?, ?, ?, ?, ?, ?, ?,
                        timestamptz '2026-01-02T03:04:05.678Z', timestamptz '2026-01-02T03:04:05.678Z', ?)""",
                    id,
                    reason,
                    key,
                    value,
                    headers.keySet().stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new),
                    headers.values().toArray(byte[][]::new),
                    eventId,
                    type,
                    eventKey,
                    subject,
                    storedAt.atOffset(ZoneOffset.UTC));
            execute(
                    """
                    insert into dead_letter_attempts
                    values (?, ?, ?, 'one sentence', 'messages', 3, 4711, timestamptz '2026-01-02T03:04:05.678Z', ?)""",
                    id,
                    id,
                    reason,
                    eventId);
            return id;
        }
    }
}
