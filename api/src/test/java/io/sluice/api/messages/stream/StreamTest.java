package io.sluice.api.messages.stream;

import static io.restassured.RestAssured.given;
import static io.sluice.api.messages.stream.NumberedEvents.numbers;
import static io.sluice.api.messages.stream.NumberedEvents.range;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams of a topic whose broker can be restarted, and whose records can be deleted. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class StreamTest {

    private static final String TOPIC = Topic.MESSAGES.name("");

    private final Topics topics;

    private final NumberedEvents events = new NumberedEvents();

    @TestHTTPResource
    URI api;

    Servers servers;

    StreamTest(Topics topics) {
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopic() {
        await().until(() -> topics.seen() && given().get("/health").statusCode() == 200);
    }

    @Test
    void eventsComeAsTheyArePostedAndAnyOfTheirIdsGoesOnBehindIt() throws Exception {
        try (StreamClient live = open("", null)) {
            // When
            events.post(0, 20);
            List<Received> all = live.awaitMessages(20);

            // Then
            assertThat(numbers(all)).isEqualTo(range(0, 20));
            try (StreamClient resumed = open("", all.get(7).id())) {
                assertThat(numbers(resumed.awaitMessages(12))).isEqualTo(range(8, 20));
                events.post(20, 25);
                assertThat(numbers(resumed.awaitMessages(17))).isEqualTo(range(8, 25));
            }
        }
    }

    @Test
    void whatCameBeforeIsReadFromATimeOn() throws Exception {
        // Given
        Instant before = Instant.now();
        events.post(0, 300);

        // When
        try (StreamClient client = open("&since=" + before, null)) {
            // Then
            List<Received> first = client.awaitMessages(300);
            assertThat(numbers(first)).containsExactlyInAnyOrderElementsOf(range(0, 300));
            events.post(300, 310);
            assertThat(numbers(client.awaitMessages(310))).hasSize(310).doesNotHaveDuplicates();
        }
    }

    @Test
    @Tag("slow")
    void aHeartbeatOfAFilterThatNothingMatchesCarriesThePosition() throws Exception {
        // Given
        String id;
        try (StreamClient client = open("&key=none", null)) {
            events.post(0, 10);
            // When
            await().until(() -> client.received().size() >= 2);
            id = client.received().get(client.received().size() - 1).id();
            assertThat(client.messages()).isEmpty();
        }

        // Then
        events.post(10, 12);
        try (StreamClient resumed = open("", id)) {
            assertThat(numbers(resumed.awaitMessages(2))).isEqualTo(range(10, 12));
        }
    }

    @Test
    void eventsOfFeaturesAreShownToTheirOwnerAloneAndWhatWasAbortedToNobody() throws Exception {
        try (StreamClient client = open("", null)) {
            // When
            publish(
                    Events.with()
                            .caller(Event.OUTBOX)
                            .owner("somebody")
                            .subject(events.subject())
                            .payload("1")
                            .build(),
                    true);
            publish(Events.with().subject(events.subject()).payload("2").build(), false);
            publish(
                    Events.with()
                            .caller(Event.OUTBOX)
                            .owner("anonymous")
                            .subject(events.subject())
                            .payload("3")
                            .build(),
                    true);

            // Then
            assertThat(numbers(client.awaitMessages(1))).isEqualTo(List.of(3));
        }
    }

    /** Publishes an event by a transaction. */
    private void publish(Event event, boolean commit) {
        Map<String, Object> kafka = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.addresses().kafkaBootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                UUID.randomUUID().toString());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(EventCodec.encode(event, TOPIC));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private StreamClient open(String filters, @Nullable String id) throws Exception {
        StreamClient client = StreamClient.open(api, "?subject=" + events.subject() + filters, id);
        assertThat(client.status()).isEqualTo(200);
        client.awaitFirst(event -> true);
        return client;
    }
}
