package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;

class TopicTest {

    private static final String LONGEST = "🚀".repeat(64);

    /** An event with everything at its limit. */
    private static final Event LARGEST = new Event(
            UUID.fromString("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11"),
            LONGEST,
            LONGEST,
            LONGEST,
            Instant.parse("9999-12-31T23:59:59.999Z"),
            LONGEST.repeat(4),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            new byte[EventLimits.MAX_PAYLOAD_BYTES]);

    @Test
    void namesAreThoseThatOtherLanguagesRead() {
        assertThat(Topic.MESSAGES.name("")).isEqualTo("messages");
        assertThat(Topic.DEAD_LETTERS.name("eu.")).isEqualTo("eu.dead-letters");
    }

    @Test
    void theLargestEventFitsOnMessages() {
        assertThat(sizeOf(EventCodec.encode(LARGEST, "messages")))
                .isGreaterThan(EventLimits.MAX_PAYLOAD_BYTES)
                .isLessThan(Topic.MESSAGES.maxMessageBytes());
    }

    @Test
    void theLargestEventFitsOnDeadLettersWithItsReason() {
        ProducerRecord<byte[], byte[]> deadLetter = EventCodec.encode(LARGEST, "dead-letters");
        addReason(deadLetter.headers());

        assertThat(sizeOf(deadLetter)).isLessThan(Topic.DEAD_LETTERS.maxMessageBytes());
    }

    @Test
    void whateverFitsOnMessagesFitsOnDeadLettersWithItsReason() {
        // Given
        int room =
                Topic.MESSAGES.maxMessageBytes() - sizeOf(new ProducerRecord<>("messages", new byte[0], new byte[0]));
        var foreign = new ProducerRecord<>("dead-letters", new byte[0], new byte[room]);

        // When
        addReason(foreign.headers());

        // Then
        assertThat(sizeOf(foreign))
                .isGreaterThan(Topic.MESSAGES.maxMessageBytes())
                .isLessThan(Topic.DEAD_LETTERS.maxMessageBytes());
    }

    /** Every header of a dead letter, each far longer than any that is written. */
    private static void addReason(Headers headers) {
        for (DeadLetterHeader header : DeadLetterHeader.values()) {
            headers.add(header.key(), new byte[8_000]);
        }
    }

    /** The size that the producer holds against {@code max.request.size}; the broker's own measure of the batch is not above it. */
    private static int sizeOf(ProducerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        int estimate = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, record.key(), record.value(), headers);
        int batch = MemoryRecords.withRecords(
                        Compression.NONE, new SimpleRecord(0, record.key(), record.value(), headers))
                .sizeInBytes();
        assertThat(batch).isLessThanOrEqualTo(estimate);
        return estimate;
    }
}
