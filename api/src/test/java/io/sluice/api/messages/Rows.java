package io.sluice.api.messages;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Stores events as the consumer does, one at a time. */
@ApplicationScoped
public class Rows {

    private static final String INSERT =
            """
            insert into messages (id, type, key, subject, caller, time, traceparent, payload, fingerprint, stored_at, owner)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final AgroalDataSource database;

    Rows(AgroalDataSource database) {
        this.database = database;
    }

    public void store(Event event) {
        store(event, Instant.now());
    }

    public void store(Event event, Instant storedAt) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, event.id());
            insert.setString(2, event.type());
            insert.setString(3, event.key());
            insert.setString(4, event.subject());
            insert.setString(5, event.caller());
            insert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
            insert.setString(7, event.traceparent());
            insert.setBytes(8, event.payload());
            insert.setBytes(9, event.fingerprint().bytes());
            insert.setObject(10, storedAt.atOffset(ZoneOffset.UTC));
            insert.setString(11, event.owner());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** So many of one key, without a subject. */
    public void storeMany(String key, int count, Instant storedAt) {
        storeMany(key, "", count, storedAt);
    }

    /** So many of one key and caller, without a subject and an owner. */
    public void storeMany(String key, String caller, int count, Instant storedAt) {
        storeMany(key, caller, null, count, storedAt);
    }

    /** So many of one key, caller and subject, without an owner. */
    public void storeMany(@Nullable String key, String caller, @Nullable String subject, int count, Instant storedAt) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into messages (id, type, key, caller, subject, time, payload, fingerprint, stored_at)
                        select gen_random_uuid(), 'many', ?, ?, ?, ?, '1', sha256('1'), ? from generate_series(1, ?)""")) {
            insert.setString(1, key);
            insert.setString(2, caller);
            insert.setString(3, subject);
            insert.setObject(4, storedAt.atOffset(ZoneOffset.UTC));
            insert.setObject(5, storedAt.atOffset(ZoneOffset.UTC));
            insert.setInt(6, count);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Stores one now, as the consumer does it, in a transaction that is the caller's to end. */
    public static void store(Connection transaction, Event event) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(
                """
                insert into messages (id, type, key, subject, caller, time, payload, fingerprint, stored_at)
                select ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp()""")) {
            insert.setObject(1, event.id());
            insert.setString(2, event.type());
            insert.setString(3, event.key());
            insert.setString(4, event.subject());
            insert.setString(5, event.caller());
            insert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
            insert.setBytes(7, event.payload());
            insert.setBytes(8, event.fingerprint().bytes());
            insert.executeUpdate();
        }
    }
}
