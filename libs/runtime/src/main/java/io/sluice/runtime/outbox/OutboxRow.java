package io.sluice.runtime.outbox;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A row of the table {@code outbox}: the record of an event, as the consumer's relay will send it. */
public final class OutboxRow {

    /** {@code seq} and {@code created_at} are the database's. */
    private static final String INSERT =
            """
            insert into outbox (aggregate, event_id, record_key, record_value, header_keys, header_values)
            values (?, ?, ?, ?, ?, ?)""";

    private OutboxRow() {}

    /**
     * Inserts the row of an event, which has its final id, headers and bytes from here on; blocks.
     *
     * @param transaction has the aggregate's row locked or just made, so that the events of an aggregate are added one after the other
     * @param time of the event
     */
    public static void insert(Connection transaction, FeatureEvent featureEvent, Instant time) throws SQLException {
        Event event = featureEvent.at(time);
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, Topic.MESSAGES.name(""));
        Header[] headers = record.headers().toArray();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, event.key());
            insert.setObject(2, event.id());
            insert.setBytes(3, record.key());
            insert.setBytes(4, record.value());
            insert.setArray(
                    5,
                    transaction.createArrayOf(
                            "text", Stream.of(headers).map(Header::key).toArray(String[]::new)));
            insert.setArray(
                    6,
                    transaction.createArrayOf(
                            "bytea", Stream.of(headers).map(Header::value).toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }
}
