package io.sluice.consumer.replays;

import io.sluice.contract.Event;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a replay is ordered in and reads from.
 *
 * @param databaseUrl of their database
 */
record ReplayRows(String databaseUrl) {

    /** A new connection to the database. */
    Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** Runs a statement. */
    void execute(String sql, @Nullable Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Stores events in their order, as the consumer does. */
    void store(Instant storedAt, Event... events) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into messages (id, type, key, subject, caller, owner, time, traceparent, payload, fingerprint, stored_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Event event : events) {
                set(
                        insert,
                        event.id(),
                        event.type(),
                        event.key(),
                        event.subject(),
                        event.caller(),
                        event.owner(),
                        event.time().atOffset(ZoneOffset.UTC),
                        event.traceparent(),
                        event.payload(),
                        event.fingerprint().bytes(),
                        storedAt.atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Orders a replay by alice, and gives its id. */
    UUID order(@Nullable Instant since, Instant until, @Nullable String key, @Nullable String type) {
        UUID id = UUID.randomUUID();
        execute(
                """
                insert into replays (id, owner, fingerprint, since, until, key, key_sha256, type)
                values (?, 'alice', sha256(''), ?, ?, ?, sha256(convert_to(?::text, 'UTF8')), ?)""",
                id,
                since == null ? null : since.atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC),
                key,
                key,
                type);
        return id;
    }

    /** Orders a replay of all events of a key. */
    UUID orderKey(String key) {
        return order(null, Instant.now(), key, null);
    }

    /** Orders that a handler is called with all events of a type. */
    UUID orderForHandler(String handler, String type) {
        UUID id = UUID.randomUUID();
        execute(
                """
                insert into replays (id, owner, fingerprint, since, until, type, handler)
                values (?, 'alice', sha256(''), timestamptz 'epoch', clock_timestamp(), ?, ?)""",
                id,
                type,
                handler);
        return id;
    }

    /** A column of a replay, as text. */
    @Nullable String column(String column, UUID replay) {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select %s::text from replays where id = ?".formatted(column))) {
            select.setObject(1, replay);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Result of a replay, in few words. */
    String summary(UUID replay) {
        return "%s %s sent %s erased"
                .formatted(column("status", replay), column("sent", replay), column("erased", replay));
    }
}
