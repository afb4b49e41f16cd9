package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.DeadLetterHeader;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Finds the dead letter that a record is a redrive of. */
public final class RedrivenFrom {

    private RedrivenFrom() {}

    /** The dead letter's id, or empty if the record is not a redrive. */
    public static Optional<UUID> deadLetter(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(DeadLetterHeader.ID.key());
        return header == null || header.value() == null ? Optional.empty() : uuid(new String(header.value(), UTF_8));
    }

    /** Empty if the text is not an id; others may write anything. */
    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
