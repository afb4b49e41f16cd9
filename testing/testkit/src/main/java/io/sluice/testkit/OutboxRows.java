package io.sluice.testkit;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The table {@code outbox}, which the api adds events of features to.
 *
 * @param databaseUrl of its database
 */
public record OutboxRows(String databaseUrl) {

    /** An event of a feature about the version of a thing. */
    public static Event event(String aggregate, long version) {
        return event(aggregate, version, "");
    }

    /** The same, with a text that makes it as large as it is. */
    public static Event event(String aggregate, long version, String note) {
        return Events.with()
                .type("task.updated")
                .key(aggregate)
                .caller(Event.OUTBOX)
                .owner("alice")
                .payload("{\"taskId\":\"%s\",\"version\":%d,\"status\":\"open\",\"note\":\"%s\"}"
                        .formatted(aggregate, version, note))
                .build();
    }

    /** A new connection to the database. */
    public Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** Adds events, each in a transaction of its own. */
    public void add(Event... events) throws SQLException {
        try (Connection connection = connect()) {
            add(connection, events);
        }
    }

    /** Adds events in a transaction of the caller's. */
    public static void add(Connection connection, Event... events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into outbox (aggregate, event_id, record_key, record_value, header_keys, header_values)
                values (?, ?, ?, ?, ?, ?)""")) {
            for (Event event : events) {
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
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Number of events that wait. */
    public long count() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Runs a statement. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
