package io.sluice.chaos;

import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final int SOCKET_TIMEOUT_SECONDS = 30;
    private static final int ROWS_AT_ONCE = 1_000;
    private static final String OF_TASKS = "starts_with(type, 'task.')";
    private static final String OF_IMAGES = "starts_with(type, 'image.')";

    /** Receives a row of the table {@code messages}. */
    interface RowReader {
        void read(UUID id, String key, byte[] payload);
    }

    /**
     * State of an image in the database.
     *
     * @param status of its last analysis
     * @param jobs number of analyses that were ordered
     * @param objects number of objects in it
     */
    record StoredImage(String status, int jobs, int objects) {}

    /** Creates the table of the counting handler, and empties all tables. */
    void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists chaos_counts (key text primary key, events bigint not null)");
            statement.execute(
                    """
                    truncate messages, chaos_counts, outbox, tasks, task_creations, task_activity,
                             images, image_objects, image_statistics, jobs, scheduled_tasks
                    """);
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

    /** Number of events that are stored, of clients, of tasks and of images. */
    int stored() throws SQLException {
        return count("messages");
    }

    /** Number of events of tasks that are stored. */
    int storedOfTasks() throws SQLException {
        return count("messages where " + OF_TASKS);
    }

    /** True if an image that was uploaded since then is analysed. */
    boolean isAnalysed(Instant since) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from images where status = 'done' and created_at > ?")) {
            select.setObject(1, since.atOffset(ZoneOffset.UTC));
            return first(select) > 0;
        }
    }

    /** Number of images whose analysis has not ended. */
    int unfinishedImages() throws SQLException {
        return count("images where status in ('queued', 'running')");
    }

    /** Number of events of tasks and images that are not on the topic yet, or not known to be. */
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
        readInOrder("not " + OF_TASKS + " and not " + OF_IMAGES, reader);
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

    /** All images. */
    Map<UUID, StoredImage> images() throws SQLException {
        String sql =
                """
                select id, status, (select count(*) from jobs where subject = images.id),
                       (select count(*) from image_objects where image_id = images.id)
                from images
                """;
        Map<UUID, StoredImage> images = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                images.put(
                        rows.getObject(1, UUID.class),
                        new StoredImage(rows.getString(2), rows.getInt(3), rows.getInt(4)));
            }
        }
        return images;
    }

    /** Types of the events of each image, in the order in which the api lists them, oldest first. */
    Map<String, List<String>> imageEvents() throws SQLException {
        Map<String, List<String>> events = new HashMap<>();
        String sql = "select key, type from messages where " + OF_IMAGES + " order by stored_at, seq";
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                events.computeIfAbsent(rows.getString(1), key -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return events;
    }

    /** Number of images in the statistics of all owners. */
    int imagesInStatistics() throws SQLException {
        return sumOfStatistics("images");
    }

    /** Number of objects in the statistics of all owners. */
    int objectsInStatistics() throws SQLException {
        return sumOfStatistics("objects");
    }

    private int sumOfStatistics(String column) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select sum(" + column + ") from image_statistics")) {
            return first(select);
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
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        return source.getConnection(parsed.user(), parsed.password());
    }
}
