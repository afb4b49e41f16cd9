package io.sluice.chaos;

import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The events that the consumers have stored. Each call opens a connection, past the disturbed networks.
 *
 * @param url as in {@link io.sluice.settings.Setting#DATABASE_URL}
 */
record Database(String url) {

    private static final int PATIENCE_SECONDS = 5;
    private static final int ROWS_AT_ONCE = 1_000;

    /** Receives a row of the table {@code messages}. */
    interface RowReader {
        void read(UUID id, String key, byte[] payload);
    }

    /** Creates the table of the counting handler, and empties all tables. */
    void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists chaos_counts (key text primary key, events bigint not null)");
            statement.execute("truncate messages, chaos_counts");
        }
    }

    /** Number of these ids that are stored. */
    int stored(Collection<UUID> ids) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from messages where id = any (?::uuid[])")) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return first(select);
        }
    }

    /** Number of events that are stored. */
    int stored() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select count(*) from messages")) {
            return first(select);
        }
    }

    private static int first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Reads all rows in the order in which the api lists them, oldest first. */
    void readInOrder(RowReader reader) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select id, key, payload from messages order by stored_at, seq")) {
            connection.setAutoCommit(false);
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows.getObject(1, UUID.class), String.valueOf(rows.getString(2)), rows.getBytes(3));
                }
            }
        }
    }

    /** The handler's count of each key. */
    Map<String, Integer> counts() throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select key, events from chaos_counts");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    /** Number of rows committed in each second since an instant; needs {@code track_commit_timestamp}. */
    Map<Integer, Integer> storedBySecond(Instant start) throws SQLException {
        Map<Integer, Integer> bySecond = new TreeMap<>();
        String sql =
                """
                select floor(extract(epoch from pg_xact_commit_timestamp(xmin)) - ?::double precision) as second, count(*)
                from messages group by second
                """;
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setDouble(1, start.toEpochMilli() / 1e3);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    bySecond.put(rows.getInt(1), rows.getInt(2));
                }
            }
        }
        return bySecond;
    }

    private Connection connect() throws SQLException {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(parsed.jdbcUrl());
        source.setConnectTimeout(PATIENCE_SECONDS);
        source.setSocketTimeout(PATIENCE_SECONDS * 6);
        return source.getConnection(parsed.user(), parsed.password());
    }
}
