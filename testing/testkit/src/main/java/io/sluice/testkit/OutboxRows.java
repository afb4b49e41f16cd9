package io.sluice.consumer.outbox;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.settings.DatabaseUrl;
import io.sluice.testkit.Events;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** The outbox as the api uses it. */
record OutboxRows(String databaseUrl) {

    /** An event of a feature about the version of a thing. */
    static Event event(String aggregate, int version) {
        return event(aggregate, version, "");
    }

    static Event event(String aggregate, int version, String note) {
        return Events.with()
                .type("task.updated")
                .key(aggregate)
                .caller(Event.OUTBOX)
                .owner("alice")
                .payload("{\"version\":%d,\"note\":\"%s\"}".formatted(version, note))
                .build();
    }

    Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** Adds events, each in a transaction of its own. */
    void add(Event... events) throws SQLException {
        try (Connection connection = connect()) {
            add(connection, events);
        }
    }

    static void add(Connection connection, Event... events) throws SQLException {
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
                insert.executeUpdate();
            }
        }
    }

    long count() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    int execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
