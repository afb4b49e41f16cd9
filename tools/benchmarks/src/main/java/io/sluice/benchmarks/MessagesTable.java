package io.sluice.benchmarks;

import io.sluice.local.PostgresServer;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.postgresql.ds.PGSimpleDataSource;

/** The table {@code messages} of a stage, as the server's superuser, who may copy from files. */
final class MessagesTable implements AutoCloseable {

    private static final String COLUMNS = "id, type, key, subject, caller, time, traceparent, payload, fingerprint";

    private static final String NOT_EXPIRED = "stored_at > now() - interval '1 day'";

    private final Connection connection;

    private MessagesTable(Connection connection) {
        this.connection = connection;
    }

    static MessagesTable of(PostgresServer postgres) throws SQLException {
        DatabaseUrl admin = DatabaseUrl.parse(postgres.adminUrl());
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DatabaseUrl.parse(postgres.url()).jdbcUrl());
        return new MessagesTable(source.getConnection(admin.user(), admin.password()));
    }

    /** The time at which the current rows were stored, by the server's clock. */
    record Timing(Instant firstStored, Instant halfStored, Instant lastCommitted) {

        /**
         * The time from the first row to the end of the last transaction; rows of COPY have the time of its beginning.
         */
        Duration took() {
            return Duration.between(firstStored, lastCommitted);
        }

        /** The time from the first row of the second half to the end of the last transaction. */
        Duration secondHalf() {
            return Duration.between(halfStored, lastCommitted);
        }
    }

    /** Recreates the table and its indexes, and lets the server finish earlier writes. */
    void clear() throws SQLException {
        execute("truncate messages restart identity");
        execute("checkpoint");
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

    /** Number of rows inserted so far, committed or not; costs the server nothing. */
    long begun() throws SQLException {
        return query("select last_value from messages_seq_seq", row -> row.getLong(1));
    }

    /** Number of rows that have not expired. */
    long count() throws SQLException {
        return query("select count(*) from messages where " + NOT_EXPIRED, row -> row.getLong(1));
    }

    Content content() throws SQLException {
        return query(
                """
                select count(*), sum(('x' || encode(substr(fingerprint, 1, 4), 'hex'))::bit(32)::bigint),
                       sum(octet_length(payload))
                from messages
                where\s"""
                        + NOT_EXPIRED,
                row -> new Content(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** Needs {@code track_commit_timestamp}. */
    Timing timing() throws SQLException {
        return query(
                """
                select min(stored_at), min(stored_at) filter (where seq > half), max(pg_xact_commit_timestamp(xmin))
                from messages, (select max(seq) / 2 as half from messages) numbers
                where\s"""
                        + NOT_EXPIRED,
                row -> new Timing(instant(row, 1), instant(row, 2), instant(row, 3)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Writes the rows, in the order in which they were stored, to a file of the server. */
    void copyTo(String file) throws SQLException {
        execute("copy (select %s from messages where %s order by seq) to '%s' (format binary)"
                .formatted(COLUMNS, NOT_EXPIRED, file));
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
