package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.DeadLetterReason;
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
     * @param originTopic the id of the topic that it lay on
     */
    static ProducerRecord<byte[], byte @Nullable []> encode(DeadLetter letter, UUID originTopic, String topic) {
        ConsumerRecord<byte[], byte @Nullable []> origin = letter.record();
        Headers headers = new RecordHeaders(origin.headers());
        // A record that carries such headers already keeps them; the last one of a name is the one that counts.
        describe(headers, letter, originTopic);
        // Neither partition nor timestamp of the original: the topics' sizes differ, and retention counts from now.
        return new ProducerRecord<>(topic, null, null, origin.key(), origin.value(), headers);
    }

    /**
     * The record of a dead letter that does not fit on the topic: nothing of the original but where it lies. Only a record that
     * was compressed by a producer of somebody else can be as large.
     */
    static ProducerRecord<byte[], byte @Nullable []> encodeWithoutRecord(
            DeadLetter letter, UUID originTopic, String topic) {
        ConsumerRecord<byte[], byte @Nullable []> origin = letter.record();
        DeadLetter tooLarge = new DeadLetter(
                origin,
                letter.event(),
                DeadLetterReason.TOO_LARGE,
                "%s; with %d bytes of key and %d bytes of value the record does not fit on this topic, and stays on its own until retention removes it"
                        .formatted(letter.detail(), origin.serializedKeySize(), origin.serializedValueSize()));
        Headers headers = new RecordHeaders();
        describe(headers, tooLarge, originTopic);
        return new ProducerRecord<>(topic, null, null, null, null, headers);
    }

    private static void describe(Headers headers, DeadLetter letter, UUID originTopic) {
        add(headers, DeadLetterHeader.ID, id(letter, originTopic));
        add(headers, DeadLetterHeader.ATTEMPT_ID, attemptId(letter, originTopic));
        add(headers, DeadLetterHeader.REASON, letter.reason().code());
        add(headers, DeadLetterHeader.DETAIL, letter.detail());
        add(headers, DeadLetterHeader.ORIGIN_TOPIC, letter.record().topic());
        add(headers, DeadLetterHeader.ORIGIN_PARTITION, letter.record().partition());
        add(headers, DeadLetterHeader.ORIGIN_OFFSET, letter.record().offset());
    }

    /** The dead letter's id: the same however often the record fails, where it lies now or where it was redriven to. */
    static UUID id(DeadLetter letter, UUID originTopic) {
        return RedrivenFrom.deadLetter(letter.record()).orElseGet(() -> attemptId(letter, originTopic));
    }

    private static UUID attemptId(DeadLetter letter, UUID originTopic) {
        return EventId.ofDeadLetter(
                originTopic, letter.record().partition(), letter.record().offset());
    }

    private static void add(Headers headers, DeadLetterHeader header, Object value) {
        headers.add(header.key(), value.toString().getBytes(UTF_8));
    }
}
