package io.sluice.consumer.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The table {@code outbox}. The transaction is the caller's. */
final class OutboxTable {

    /** Most rows that are read at once. */
    static final int MAX_ROWS = 1_000;

    /** Most bytes of payload that are read at once, unless the first row alone has more. */
    static final int MAX_BYTES = 4 << 20;

    /** Number of rows up to which they are counted: as many as the api lets wait, and some. */
    static final long MAX_COUNTED = 1_100_000;

    private static final String NEXT =
            """
            select seq, aggregate, event_id, record_key, record_value, header_keys, header_values
              from (select *, sum(octet_length(record_value)) over (order by seq) as bytes_so_far
                      from (select * from outbox where aggregate <> all (?) order by seq limit ?) first) measured
             where bytes_so_far <= ? or bytes_so_far = octet_length(record_value)
             order by seq""";

    private static final String DELETE = "delete from outbox where seq = any (?)";

    private static final String BACKLOG =
            """
            select (select count(*) from (select from outbox limit ?) rows),
                   (select extract(epoch from clock_timestamp() - created_at) from outbox order by seq limit 1)""";

    private final String topic;

    /**
     * The table, whose rows become records of this topic.
     *
     * @param topic its name on the broker
     */
    OutboxTable(String topic) {
        this.topic = topic;
    }

    /** The oldest rows, but for those of some aggregates, in their order. Of one aggregate none is left out before another. */
    List<OutboxRow> next(Connection transaction, Collection<String> exceptAggregates) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(NEXT)) {
            select.setArray(1, transaction.createArrayOf("text", exceptAggregates.toArray()));
            select.setInt(2, MAX_ROWS);
            select.setInt(3, MAX_BYTES);
            try (ResultSet rows = select.executeQuery()) {
                List<OutboxRow> next = new ArrayList<>();
                while (rows.next()) {
                    next.add(row(rows));
                }
                return next;
            }
        }
    }

    private OutboxRow row(ResultSet row) throws SQLException {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, row.getBytes("record_key"), row.getBytes("record_value"));
        String[] keys = (String[]) row.getArray("header_keys").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        for (int i = 0; i < keys.length; i++) {
            record.headers().add(keys[i], values[i]);
        }
        return new OutboxRow(
                row.getLong("seq"), row.getString("aggregate"), row.getObject("event_id", UUID.class), record);
    }

    /** Deletes the rows of these numbers; some may be gone already. */
    void delete(Connection transaction, Collection<Long> seqs) throws SQLException {
        if (seqs.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
            delete.setArray(1, transaction.createArrayOf("bigint", seqs.toArray()));
            delete.executeUpdate();
        }
    }

    /**
     * Rows that wait.
     *
     * @param events the number of rows, up to {@link #MAX_COUNTED}
     * @param oldestSeconds age of the oldest, in seconds; 0 if there is none
     */
    record Backlog(long events, double oldestSeconds) {}

    Backlog backlog(Connection transaction) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(BACKLOG)) {
            select.setLong(1, MAX_COUNTED);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Backlog(row.getLong(1), row.getDouble(2));
            }
        }
    }
}
