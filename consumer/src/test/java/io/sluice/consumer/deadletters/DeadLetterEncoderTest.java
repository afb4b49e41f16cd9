package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.EventId;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
        // When
        ProducerRecord<byte[], byte @Nullable []> encoded = DeadLetterEncoder.encode(letter, TOPIC_ID, "dead-letters");

        // Then
        assertThat(encoded.topic()).isEqualTo("dead-letters");
        assertThat(encoded.key()).isEqualTo(record.key());
        assertThat(encoded.value()).isEqualTo(record.value());
        assertThat(encoded.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "note=kept",
                        "sluice_dead_letter_id=" + EventId.ofDeadLetter(TOPIC_ID, 3, 42),
                        "sluice_dead_letter_attempt_id=" + EventId.ofDeadLetter(TOPIC_ID, 3, 42),
                        "sluice_dead_letter_reason=undecodable",
                        "sluice_dead_letter_detail=it is not an event",
                        "sluice_origin_topic=messages",
                        "sluice_origin_partition=3",
                        "sluice_origin_offset=42");
        assertThat(record.headers()).hasSize(1);
    }

    @Test
    void aRedriveThatFailsIsAnotherAttemptAtTheSameDeadLetter() {
        // Given
        UUID first = EventId.ofDeadLetter(TOPIC_ID, 1, 7);
        record.headers().add(DeadLetterHeader.ID.key(), first.toString().getBytes(UTF_8));

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded = DeadLetterEncoder.encode(letter, TOPIC_ID, "dead-letters");

        // Then
        assertThat(header(encoded, DeadLetterHeader.ID)).isEqualTo(first.toString());
        assertThat(header(encoded, DeadLetterHeader.ATTEMPT_ID))
                .isEqualTo(EventId.ofDeadLetter(TOPIC_ID, 3, 42).toString());
    }

    @Test
    void aHeaderThatIsNoIdMakesNoRedrive() {
        // Given
        record.headers().add(DeadLetterHeader.ID.key(), "forged".getBytes(UTF_8));

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded = DeadLetterEncoder.encode(letter, TOPIC_ID, "dead-letters");

        // Then
        assertThat(header(encoded, DeadLetterHeader.ID))
                .isEqualTo(EventId.ofDeadLetter(TOPIC_ID, 3, 42).toString());
    }

    @Test
    void whatDoesNotFitIsLeftOutAndSaysSo() {
        // Given
        record.headers().add("note", new byte[1]);

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded =
                DeadLetterEncoder.encodeWithoutRecord(letter, TOPIC_ID, "dead-letters");

        // Then
        assertThat(encoded.key()).isNull();
        assertThat(encoded.value()).isNull();
        assertThat(encoded.headers()).hasSize(DeadLetterHeader.values().length);
        assertThat(header(encoded, DeadLetterHeader.REASON)).isEqualTo("too-large");
        assertThat(header(encoded, DeadLetterHeader.DETAIL)).startsWith("it is not an event; with ");
        assertThat(header(encoded, DeadLetterHeader.ORIGIN_OFFSET)).isEqualTo("42");
    }

    @Test
    void ofTwoHeadersOfANameTheOneThatCountsIsOurs() {
        // Given
        record.headers().add(DeadLetterHeader.REASON.key(), "forged".getBytes(UTF_8));

        // When
        ProducerRecord<byte[], byte @Nullable []> encoded = DeadLetterEncoder.encode(letter, TOPIC_ID, "dead-letters");

        // Then
        assertThat(header(encoded, DeadLetterHeader.REASON)).isEqualTo("undecodable");
    }

    private static String header(ProducerRecord<?, ?> encoded, DeadLetterHeader name) {
        return new String(encoded.headers().lastHeader(name.key()).value(), UTF_8);
    }
}
