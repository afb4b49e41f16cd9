package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import io.sluice.local.PostgresServer;
import io.sluice.settings.DatabaseUrl;
import io.sluice.testkit.OutboxRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;

/** The outbox as features write it. */
final class OutboxTable implements AutoCloseable {

    private final Connection connection;

    private OutboxTable(Connection connection) {
        this.connection = connection;
    }

    static OutboxTable of(PostgresServer postgres) throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(postgres.url());
        return new OutboxTable(DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password()));
    }

    /** The n-th event, of one of so many aggregates. */
    static Event event(int n, int aggregates) {
        String aggregate = new UUID(0, n % aggregates).toString();
        return new Event(
                EventId.next(),
                "task.updated",
                aggregate,
                null,
                Instant.now(),
                Event.OUTBOX,
                Event.ANONYMOUS,
                null,
                "{\"taskId\":\"%s\",\"version\":%d,\"status\":\"open\"}"
                        .formatted(aggregate, n / aggregates + 1)
                        .getBytes(US_ASCII));
    }

    /** Adds events in one transaction, of which nothing is seen before all are there. */
    void add(int events, int aggregates) throws SQLException {
        connection.setAutoCommit(false);
        OutboxRows.add(
                connection,
                IntStream.range(0, events).mapToObj(n -> event(n, aggregates)).toArray(Event[]::new));
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Adds one event, and returns when it is committed. */
    void add(Event event) throws SQLException {
        OutboxRows.add(connection, event);
    }

    /** Looks at the last row alone: to count passes over all, those that were deleted a moment ago included, and takes time from the relay. */
    boolean isEmpty() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select seq from outbox order by seq desc limit 1")) {
            return !row.next();
        }
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
