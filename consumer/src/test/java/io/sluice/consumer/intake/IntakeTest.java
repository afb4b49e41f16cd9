package io.sluice.consumer.intake;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesRegex;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.Event;
import io.sluice.contract.EventLimits;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.net.URL;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the topic into the table. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class IntakeTest {

    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final Records deadLetters =
            new Records(Servers.shared().kafkaBootstrapServers(), Topic.DEAD_LETTERS.name(""));
    private final TopicWriter topic = new TopicWriter(Servers.shared().kafkaBootstrapServers());

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void anEventIsStoredAsItWasSent() {
        // Given
        Event event = Events.with()
                .type("order.placed")
                .key("Kunde-äöü-🦀")
                .subject("orders/42")
                .caller("https://issuer.example.com alice")
                .owner("https://issuer.example.com/Zoë")
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .payload(" {\"b\": 1.0, \"a\": 1e200000, \"a\": \"\\u0000 \\ud800 {} ; 'x' \\\\x41\"}\n")
                .build();

        // When
        topic.write(event);

        // Then
        awaitStored(event);
        Messages.Row row = messages.find(event.id()).orElseThrow();
        assertThat(row.event()).isEqualTo(event);
        assertThat(row.fingerprint()).isEqualTo(event.fingerprint());
        assertThat(row.storedAt())
                .isBetween(event.time().minusSeconds(60), event.time().plusSeconds(60));
    }

    @Test
    void whatAClientLeavesOutIsNull() {
        // Given
        Event event = Events.any();

        // When
        topic.write(event);

        // Then
        awaitStored(event);
        assertThat(messages.find(event.id())).map(Messages.Row::event).contains(event);
    }

    @Test
    void theLargestPayloadIsStored() {
        // Given
        byte[] largest = new byte[EventLimits.MAX_PAYLOAD_BYTES];
        Arrays.fill(largest, (byte) '7');
        Event event = Events.with().payload(largest).build();

        // When
        topic.write(event);

        // Then
        awaitStored(event);
    }

    @Test
    void anEventThatIsOnTheTopicTwiceIsStoredOnce() {
        // Given
        Event event = Events.any();
        Event last = Events.with().key("k").build();

        // When
        topic.write(event, event, last);

        // Then
        awaitStored(event, last);
        // Counted a moment after it is stored.
        await().untilAsserted(() -> given().get(metrics)
                .then()
                .statusCode(200)
                .body(matchesRegex("(?s).*sluice_consumer_events_duplicates_total [1-9].*")));
    }

    @Test
    void garbageBecomesADeadLetterAsItIsAndEventsStillCome() {
        // Given
        String key = UUID.randomUUID().toString();
        ProducerRecord<byte[], byte[]> garbage =
                new ProducerRecord<>(TopicWriter.TOPIC, 0, key.getBytes(UTF_8), new byte[] {0, -1, 'x', '\n'});
        garbage.headers().add("note", new byte[] {-2}).add("note", null);
        Event[] events = IntStream.range(0, 50)
                .mapToObj(i -> Events.with().key("key-" + i).build())
                .toArray(Event[]::new);

        // When
        topic.write(garbage);
        topic.write(events);

        // Then
        awaitStored(events);
        ConsumerRecord<byte[], byte[]> letter =
                deadLetters.awaitFirst(it -> it.key() != null && new String(it.key(), UTF_8).equals(key));
        assertThat(letter.value()).isEqualTo(garbage.value());
        assertThat(Arrays.copyOf(letter.headers().toArray(), 2))
                .isEqualTo(garbage.headers().toArray());
        assertThat(letter.headers()).hasSize(2 + DeadLetterHeader.values().length);
        assertThat(header(letter, DeadLetterHeader.REASON)).isEqualTo("undecodable");
        assertThat(header(letter, DeadLetterHeader.ORIGIN_TOPIC)).isEqualTo(TopicWriter.TOPIC);
        assertThat(header(letter, DeadLetterHeader.ORIGIN_PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetterHeader.ORIGIN_OFFSET)).matches("\\d+");
    }

    private void awaitStored(Event... events) {
        await().untilAsserted(() -> assertThat(events)
                .allSatisfy(event -> assertThat(messages.find(event.id())).isPresent()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, DeadLetterHeader header) {
        return new String(letter.headers().lastHeader(header.key()).value(), UTF_8);
    }
}
