package io.sluice.consumer.intake;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Handler that counts the events of a key in a table of its own; the database rejects some of them. */
@Singleton
class Tally implements EventHandler {

    /** The type of the events that are counted. */
    static final String TYPE = "tallied";

    /** A key that cannot be counted. */
    static final String UNCOUNTABLE = "uncountable";

    /** Key for which the handler fails, until it is mended. */
    static final String FAULTY = "faulty";

    private final AgroalDataSource pool;
    private volatile boolean mended;

    Tally(AgroalDataSource pool) {
        this.pool = pool;
    }

    void create() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists tally (key text primary key check (key <> '%s'), events int)"
                    .formatted(UNCOUNTABLE));
        }
    }

    void mend() {
        mended = true;
    }

    @Override
    public void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        for (ReceivedEvent received : stored) {
            if (received.event().type().equals(TYPE)) {
                if (FAULTY.equals(received.event().key()) && !mended) {
                    throw new IllegalStateException("as the test wants it");
                }
                count(connection, String.valueOf(received.event().key()));
            }
        }
    }

    private static void count(Connection connection, String key) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(
                "insert into tally values (?, 1) on conflict (key) do update set events = tally.events + 1")) {
            count.setString(1, key);
            count.executeUpdate();
        }
    }

    /** Number of events of this key that were counted. */
    int of(String key) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("select events from tally where key = ?")) {
            select.setString(1, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
