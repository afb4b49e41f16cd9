package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.EventId;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterEncoderTest {

    private static final UUID TOPIC_ID = UUID.fromString("0190a0b0-c0d0-7000-8000-000000000001");

    private final ConsumerRecord<byte[], byte @Nullable []> record =
            new ConsumerRecord<>("messages", 3, 42, new byte[] {1}, new byte[] {2});

    private final DeadLetter letter = new DeadLetter(record, null, DeadLetterReason.UNDECODABLE, "it is not an event");

    @Test
    void keepsTheRecordAndSaysWhyAndFromWhere() {
        // Given
        record.headers().add("note", "kept".getBytes(UTF_8));
        UUID id = DeadLetterEncoder.id(letter, TOPIC_ID);

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded = DeadLetterEncoder.encode(letter, id, "dead-letters");

        // Then
        assertThat(encoded.topic()).isEqualTo("dead-letters");
        assertThat(encoded.key()).isEqualTo(record.key());
        assertThat(encoded.value()).isEqualTo(record.value());
        assertThat(encoded.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "note=kept",
                        "sluice_dead_letter_id=" + EventId.ofDeadLetter(TOPIC_ID, 3, 42),
                        "sluice_dead_letter_reason=undecodable",
                        "sluice_dead_letter_detail=it is not an event",
                        "sluice_origin_topic=messages",
                        "sluice_origin_partition=3",
                        "sluice_origin_offset=42");
        assertThat(record.headers()).hasSize(1);
    }

    @Test
    void ofTwoHeadersOfANameTheOneThatCountsIsOurs() {
        // Given
        record.headers().add(DeadLetterHeader.REASON.key(), "forged".getBytes(UTF_8));

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded =
                DeadLetterEncoder.encode(letter, DeadLetterEncoder.id(letter, TOPIC_ID), "dead-letters");

        // Then
        Header reason = encoded.headers().lastHeader(DeadLetterHeader.REASON.key());
        assertThat(new String(reason.value(), UTF_8)).isEqualTo("undecodable");
    }
}
