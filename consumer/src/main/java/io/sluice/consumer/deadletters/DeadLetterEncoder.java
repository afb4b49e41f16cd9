package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.EventId;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Dead letters as records: the original's key, value and headers as they were, and {@link DeadLetterHeader}s behind them. */
final class DeadLetterEncoder {

    private DeadLetterEncoder() {}

    /**
     * The record of a dead letter.
     *
     * @param id see {@link #id}
     */
    static ProducerRecord<byte[], byte @Nullable []> encode(DeadLetter letter, UUID id, String topic) {
        ConsumerRecord<byte[], byte @Nullable []> origin = letter.record();
        Headers headers = new RecordHeaders(origin.headers());
        // A record that carries such headers already keeps them; the last one of a name is the one that counts.
        add(headers, DeadLetterHeader.ID, id);
        add(headers, DeadLetterHeader.REASON, letter.reason().code());
        add(headers, DeadLetterHeader.DETAIL, letter.detail());
        add(headers, DeadLetterHeader.ORIGIN_TOPIC, origin.topic());
        add(headers, DeadLetterHeader.ORIGIN_PARTITION, origin.partition());
        add(headers, DeadLetterHeader.ORIGIN_OFFSET, origin.offset());
        // Neither partition nor timestamp of the original: the topics' sizes differ, and retention counts from now.
        return new ProducerRecord<>(topic, null, null, origin.key(), origin.value(), headers);
    }

    /** The dead letter's id: the same however often the record fails. */
    static UUID id(DeadLetter letter, UUID originTopic) {
        return EventId.ofDeadLetter(
                originTopic, letter.record().partition(), letter.record().offset());
    }

    private static void add(Headers headers, DeadLetterHeader header, Object value) {
        headers.add(header.key(), value.toString().getBytes(UTF_8));
    }
}
