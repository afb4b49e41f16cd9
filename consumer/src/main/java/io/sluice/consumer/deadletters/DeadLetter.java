package io.sluice.consumer.deadletters;

import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.runtime.logs.LogLine;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be stored.
 *
 * @param record as received
 * @param event the decoded event, or {@code null} if the record cannot be decoded
 * @param reason the kind of failure
 * @param detail one sentence for people, without any of the payload
 */
public record DeadLetter(
        ConsumerRecord<byte[], byte @Nullable []> record,
        @Nullable Event event,
        DeadLetterReason reason,
        String detail) {

    /** Names the record without its key and value, so that it can stand in a log line. */
    @Override
    public String toString() {
        return "DeadLetter[%s-%d@%d, %s]".formatted(record.topic(), record.partition(), record.offset(), reason.code());
    }

    /** Adds what identifies it. The key of a record that is no event stays out: it may be anything, a payload included. */
    LogLine describe(LogLine line) {
        if (event != null) {
            line.about(event);
        }
        return line.with("topic", record.topic())
                .with("partition", record.partition())
                .with("offset", record.offset())
                .with("reason", reason.code())
                .with("detail", detail);
    }
}
