package io.sluice.api.outbox;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes events of features in the transaction that changes the feature's rows: both are committed, or neither. The consumer's relay
 * publishes them, in the order of their aggregate. Without the feature {@link Feature#MESSAGES} nobody would, and nothing is written.
 */
@ApplicationScoped
public class Outbox {

    /** {@code seq} and {@code created_at} are the database's. */
    private static final String INSERT =
            """
            insert into outbox (aggregate, event_id, record_key, record_value, header_keys, header_values)
            values (?, ?, ?, ?, ?, ?)""";

    private final boolean used;
    private final OutboxBacklog backlog;
    private final Clock clock;

    Outbox(FeatureSettings features, OutboxBacklog backlog, Clock clock) {
        this.used = features.isEnabled(Feature.MESSAGES);
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * Adds an event; blocks. It has its final id, time, headers and bytes from here on.
     *
     * @param transaction has the aggregate's row locked or just made, so that the events of an aggregate are added one after the other
     * @throws ProblemException {@link ProblemCode#OVERLOADED} where so many events wait to be published that no more may; the
     *     transaction has to be rolled back
     */
    public void add(Connection transaction, FeatureEvent event) throws SQLException {
        if (used) {
            backlog.check(transaction);
            insert(transaction, event.at(clock.instant()));
        }
    }

    private static void insert(Connection transaction, Event event) throws SQLException {
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
