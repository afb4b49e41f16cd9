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
    private static final String OF_TASKS = "starts_with(type, 'task.')";

    /** Receives a row of the table {@code messages}. */
    interface RowReader {
        void read(UUID id, String key, byte[] payload);
    }

    /** Creates the table of the counting handler, and empties all tables. */
    void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists chaos_counts (key text primary key, events bigint not null)");
            statement.execute("truncate messages, chaos_counts, outbox, tasks, task_creations, task_activity");
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

    /** Number of events that are stored, of clients and of tasks. */
    int stored() throws SQLException {
        return count("messages");
    }

    /** Number of events of tasks that are stored. */
    int storedOfTasks() throws SQLException {
        return count("messages where " + OF_TASKS);
    }

    /** Number of events of tasks that are not on the topic yet, or not known to be. */
    int outbox() throws SQLException {
        return count("outbox");
    }

    private int count(String rows) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select count(*) from " + rows)) {
            return first(select);
        }
    }

    private static int first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Reads the events of clients in the order in which the api lists them, oldest first. */
    void readInOrder(RowReader reader) throws SQLException {
        readInOrder("not " + OF_TASKS, reader);
    }

    /** Reads the events of tasks in the order in which the api lists them, oldest first. */
    void readTasksInOrder(RowReader reader) throws SQLException {
        readInOrder(OF_TASKS, reader);
    }

    private void readInOrder(String condition, RowReader reader) throws SQLException {
        String sql = "select id, key, payload from messages where " + condition + " order by stored_at, seq";
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
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
        return counts("select key, events from chaos_counts");
    }

    /** Number of versions in the history of each task. */
    Map<String, Integer> activity() throws SQLException {
        return counts("select task_id, count(*) from task_activity group by task_id");
    }

    private Map<String, Integer> counts(String sql) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql);
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
