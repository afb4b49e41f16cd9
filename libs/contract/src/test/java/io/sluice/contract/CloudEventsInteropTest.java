package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sluice's events are CloudEvents to others, and the other way round. */
class CloudEventsInteropTest {

    @ParameterizedTest
    @MethodSource("io.sluice.contract.GoldenRecordsTest#recordFiles")
    void theSdkReadsWhatSluiceWrites(String file) throws Exception {
        // Given
        Event event = EventCodec.decode(Golden.record(file));

        // When
        CloudEvent read = KafkaMessageFactory.createReader(Golden.consumed(EventCodec.encode(event, "messages")))
                .toEvent();

        // Then
        assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(read.getId()).isEqualTo(event.id().toString());
        assertThat(read.getType()).isEqualTo(event.type());
        assertThat(read.getSource()).isEqualTo(URI.create("urn:sluice:api"));
        assertThat(read.getTime().toInstant()).isEqualTo(event.time());
        assertThat(read.getSubject()).isEqualTo(event.subject());
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(read.getExtension("partitionkey")).isEqualTo(event.key());
        assertThat(read.getExtension("caller")).isEqualTo(event.caller());
        assertThat(read.getExtension("owner")).isEqualTo(event.owner());
        assertThat(Objects.requireNonNull(read.getData()).toBytes()).isEqualTo(event.payload());
    }

    @Test
    void sluiceReadsWhatTheSdkWrites() throws Exception {
        // Given
        CloudEvent written = CloudEventBuilder.v1()
                .withId("019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c17")
                .withType("order.placed")
                .withSource(URI.create("https://shop.example.com/checkout"))
                .withTime(OffsetDateTime.parse("2026-01-02T04:04:05.678+01:00"))
                .withSubject("заказ/№1")
                .withExtension("partitionkey", "order-4711")
                .withExtension("caller", "checkout")
                .withDataContentType("application/json")
                .withData("{\"order\": 4711}".getBytes(UTF_8))
                .build();
        ProducerRecord<Void, byte[]> sent =
                KafkaMessageFactory.createWriter("messages").writeBinary(written);

        // When
        Event event = EventCodec.decode(Golden.consumed(null, sent.value(), sent.headers()));

        // Then
        assertThat(event)
                .isEqualTo(new Event(
                        UUID.fromString("019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c17"),
                        "order.placed",
                        "order-4711",
                        "заказ/№1",
                        written.getTime().toInstant(),
                        "checkout",
                        null,
                        "{\"order\": 4711}".getBytes(UTF_8)));
    }
}
