package io.sluice.consumer.deadletters;

import io.sluice.contract.DeadLetterReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be stored.
 *
 * @param record as it was received
 * @param reason the kind of failure
 * @param detail one sentence for people, without anything of the payload
 */
public record DeadLetter(ConsumerRecord<byte[], byte @Nullable []> record, DeadLetterReason reason, String detail) {

    /** Names the record without its key and value, so that it can stand in a log line. */
    @Override
    public String toString() {
        return "DeadLetter[%s-%d@%d, %s]".formatted(record.topic(), record.partition(), record.offset(), reason.code());
    }
}
