package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventId;
import io.sluice.local.PostgresServer;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** The outbox as features write it. */
final class OutboxTable implements AutoCloseable {

    private static final String INSERT =
            """
            insert into outbox (aggregate, event_id, record_key, record_value, header_keys, header_values)
            values (?, ?, ?, ?, ?, ?)""";

    private static final int BATCH = 1_000;

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
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int n = 0; n < events; n++) {
                set(insert, event(n, aggregates));
                insert.addBatch();
                if (n % BATCH == BATCH - 1) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Adds one event, and returns when it is committed. */
    void add(Event event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            set(insert, event);
            insert.executeUpdate();
        }
    }

    private void set(PreparedStatement insert, Event event) throws SQLException {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, "any");
        Header[] headers = record.headers().toArray();
        insert.setString(1, event.key());
        insert.setObject(2, event.id());
        insert.setBytes(3, record.key());
        insert.setBytes(4, record.value());
        insert.setArray(
                5,
                connection.createArrayOf(
                        "text", Stream.of(headers).map(Header::key).toArray()));
        insert.setArray(
                6,
                connection.createArrayOf(
                        "bytea", Stream.of(headers).map(Header::value).toArray(byte[][]::new)));
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
