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

/**
 * Encodes dead letters as records: the original's key, value and headers unchanged, followed by {@link
 * DeadLetterHeader}s.
 */
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
        // A record may have such headers already; readers use the last one of each name.
        describe(headers, letter, originTopic);
        // Without the original's partition and timestamp: the topics may differ in partitions, and retention counts
        // from now.
        return new ProducerRecord<>(topic, null, null, origin.key(), origin.value(), headers);
    }

    /**
     * The record of a dead letter that exceeds the topic's size limit: the position of the original, without its
     * content. Only a record that a foreign producer compressed can be so large.
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

    /** The dead letter's id, which stays the same for all failures of a record and of its redrives. */
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
