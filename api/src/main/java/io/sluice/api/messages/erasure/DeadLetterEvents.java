package io.sluice.api.messages.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.UndecodableRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of dead letters. */
final class DeadLetterEvents {

    private DeadLetterEvents() {}

    /** The event of a dead letter's row, if there is a row and its record is one. */
    static Optional<Event> read(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        // Where it lay is nothing to the event.
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("", 0, 0, row.getBytes("record_key"), row.getBytes("record_value"));
        byte[][] names = (byte[][]) row.getArray("header_keys").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        for (int i = 0; i < names.length; i++) {
            record.headers().add(new String(names[i], UTF_8), values[i]);
        }
        try {
            return Optional.of(EventCodec.decode(record));
        } catch (UndecodableRecordException notAnEvent) {
            return Optional.empty();
        }
    }
}
