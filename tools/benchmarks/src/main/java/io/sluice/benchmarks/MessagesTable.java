package io.sluice.benchmarks;

import io.sluice.local.PostgresServer;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The table {@code messages} of a stage, as the server's superuser, who may copy from files. */
final class MessagesTable implements AutoCloseable {

    private static final String COLUMNS = "id, type, key, subject, caller, time, traceparent, payload, fingerprint";

    private final Connection connection;

    /** Condition of the rows that were stored since the mark. */
    private String marked = "true";

    /** Number of the last row before them. */
    private long numbered;

    private MessagesTable(Connection connection) {
        this.connection = connection;
    }

    static MessagesTable of(PostgresServer postgres) throws SQLException {
        return new MessagesTable(connect(postgres));
    }

    /** A session of the superuser. */
    static Connection connect(PostgresServer postgres) throws SQLException {
        DatabaseUrl admin = DatabaseUrl.parse(postgres.adminUrl());
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DatabaseUrl.parse(postgres.url()).jdbcUrl());
        return source.getConnection(admin.user(), admin.password());
    }

    /** Recreates the table and its indexes, lets the server finish earlier writes, and marks what comes. */
    void clear() throws SQLException {
        execute("truncate messages restart identity");
        execute("checkpoint");
        mark();
    }

    /** Tells the rows that are stored from now on from all that are there. */
    void mark() throws SQLException {
        marked = query("select clock_timestamp()", row -> "stored_at >= '%s'".formatted(row.getString(1)));
        numbered = lastNumber();
    }

    /** Adds rows that were stored long ago, without using up numbers. */
    void addExpired(int rows) throws SQLException {
        execute(
                """
                insert into messages (id, seq, type, key, subject, caller, time, payload, fingerprint, stored_at)
                overriding system value
                select gen_random_uuid(), -number, 'order.placed', 'customer-' || number %% 10000, 'orders-' || number %% 100,
                       'anonymous', now(), convert_to(repeat('x', 200), 'UTF8'), sha256(int4send(number)),
                       now() - interval '40 days' - number * interval '1 millisecond'
                from generate_series(1, %d) number
                """
                        .formatted(rows));
        execute("checkpoint");
    }

    /** Ends retention's sessions. */
    void endRetention() throws SQLException {
        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sluice-provisioning'");
    }

    /** Number of marked rows inserted so far, committed or not; costs the server nothing. */
    long begun() throws SQLException {
        return lastNumber() - numbered;
    }

    private long lastNumber() throws SQLException {
        return query(
                "select case when is_called then last_value else 0 end from messages_seq_seq", row -> row.getLong(1));
    }

    /** Number of marked rows. */
    long count() throws SQLException {
        return query("select count(*) from messages where " + marked, row -> row.getLong(1));
    }

    /** Content of the marked rows. */
    Content content() throws SQLException {
        return query(
                """
                select count(*), sum(('x' || encode(substr(fingerprint, 1, 4), 'hex'))::bit(32)::bigint),
                       sum(octet_length(payload))
                from messages
                where\s"""
                        + marked,
                row -> new Content(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** The marked rows in so many parts. Needs {@code track_commit_timestamp}. */
    Timing timing(int parts) throws SQLException {
        List<Timing.Part> found = new ArrayList<>();
        Instant lastCommitted = Instant.MIN;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        select count(*), min(stored_at), max(pg_xact_commit_timestamp(xmin))
                        from (select ntile(%d) over (order by seq) as part, stored_at, xmin from messages where %s) numbered
                        group by part
                        order by part
                        """
                                .formatted(parts, marked))) {
            while (rows.next()) {
                found.add(new Timing.Part(rows.getLong(1), instant(rows, 2)));
                Instant committed = instant(rows, 3);
                lastCommitted = committed.isAfter(lastCommitted) ? committed : lastCommitted;
            }
        }
        return new Timing(found, lastCommitted);
    }

    /** Number of marked rows that were committed in each second behind the first commit. Needs {@code track_commit_timestamp}. */
    List<Long> bySecond() throws SQLException {
        List<Long> counts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        with times as (select pg_xact_commit_timestamp(xmin) as committed from messages where %s),
                        seconds as (
                            select floor(extract(epoch from committed - (select min(committed) from times)))::int as second,
                                   count(*) as stored
                            from times
                            group by second)
                        select coalesce(stored, 0)
                        from generate_series(0, (select max(second) from seconds)) as second
                        left join seconds using (second)
                        order by second
                        """
                                .formatted(marked))) {
            while (rows.next()) {
                counts.add(rows.getLong(1));
            }
        }
        return counts;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Writes the marked rows, in the order in which they were stored, to a file of the server. */
    void copyTo(String file) throws SQLException {
        execute("copy (select %s from messages where %s order by seq) to '%s' (format binary)"
                .formatted(COLUMNS, marked, file));
    }

    /** Stores the rows of a file of the server. */
    void copyFrom(String file) throws SQLException {
        execute("copy messages (%s) from '%s' (format binary)".formatted(COLUMNS, file));
    }

    /** A path that the server can write. */
    String serverFile(String name) throws SQLException {
        return query("show data_directory", row -> row.getString(1)) + "/" + name;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> T query(String sql, Reading<T> reading) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return reading.of(rows);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
