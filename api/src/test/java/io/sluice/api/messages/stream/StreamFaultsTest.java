package io.sluice.api.messages.stream;

import static io.restassured.RestAssured.given;
import static io.sluice.api.messages.stream.NumberedEvents.numbers;
import static io.sluice.api.messages.stream.NumberedEvents.range;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams over what happens to a topic and its broker. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class StreamFaultsTest {

    private static final String TOPIC = Topic.MESSAGES.name("");

    private final NumberedEvents events = new NumberedEvents();
    private Admin admin;

    @TestHTTPResource
    URI api;

    Servers servers;

    @BeforeEach
    void connect() {
        admin = Admin.create(kafka());
        awaitAccepted();
    }

    private Map<String, Object> kafka() {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka().bootstrapServers());
    }

    private static void awaitAccepted() {
        await().until(() -> given().contentType(ContentType.JSON)
                        .body("{\"payload\":0}")
                        .post("/api/v1/messages")
                        .statusCode()
                == 202);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aTopicThatIsMadeAnewIsToldAsAGapAndReadFromItsBeginning() throws Exception {
        try (StreamClient live = open(null)) {
            // Given
            events.post(0, 3);
            String old = live.awaitMessages(3).get(2).id();

            // When
            servers.makeAnew(TOPIC);
            awaitAccepted();
            events.post(3, 6);

            // Then
            assertThat(numbers(live.awaitMessages(6))).isEqualTo(range(0, 6));
            assertThat(live.awaitFirst(event -> event.name().equals("gap")).data())
                    .startsWith("{\"reason\":\"topic-replaced\",\"lost\":[{\"partition\":0,\"from\":")
                    .contains("\"to\":null");
            try (StreamClient resumed = open(old)) {
                Received gap = resumed.awaitFirst(event -> event.name().equals("gap"));
                assertThat(gap.data()).contains("topic-replaced");
                assertThat(numbers(resumed.awaitMessages(3))).isEqualTo(range(3, 6));
                try (StreamClient behind = open(gap.id())) {
                    assertThat(numbers(behind.awaitMessages(3))).isEqualTo(range(3, 6));
                    assertThat(behind.received())
                            .noneMatch(event -> event.name().equals("gap"));
                }
            }
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirFirstRecordOn() throws Exception {
        try (StreamClient live = open(null)) {
            // Given
            events.post(0, 2);
            String id = live.awaitMessages(2).get(1).id();
            int added = admin.describeTopics(List.of(TOPIC))
                    .topicNameValues()
                    .get(TOPIC)
                    .get()
                    .partitions()
                    .size();

            // When
            admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(added + 1)))
                    .all()
                    .get();
            publishTo(added, 2);

            // Then
            assertThat(numbers(live.awaitMessages(3))).isEqualTo(range(0, 3));
            try (StreamClient resumed = open(id)) {
                assertThat(numbers(resumed.awaitMessages(1))).isEqualTo(List.of(2));
            }
        } finally {
            servers.makeAnew(TOPIC);
        }
    }

    private void publishTo(int partition, int number) {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(
                Events.with()
                        .subject(events.subject())
                        .payload(Integer.toString(number))
                        .build(),
                TOPIC);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            // The broker may not have made the partition yet, and the producer then waits for it.
            var unused = producer.send(
                    new ProducerRecord<>(TOPIC, partition, record.key(), record.value(), record.headers()));
            producer.flush();
        }
    }

    @Test
    void aStreamGoesOnWhenTheBrokerIsBackWithoutGapOrDouble() throws Exception {
        try (StreamClient live = open(null)) {
            // Given
            events.post(0, 5);
            live.awaitMessages(5);

            // When
            servers.kafka().kill();
            servers.kafka().start();
            awaitAccepted();
            events.post(5, 10);

            // Then
            assertThat(numbers(live.awaitMessages(10))).isEqualTo(range(0, 10));
            assertThat(live.received()).noneMatch(event -> event.name().equals("gap"));
            assertThat(live.isEnded()).isFalse();
        }
    }

    private StreamClient open(@Nullable String id) throws Exception {
        StreamClient client = StreamClient.open(api, "?subject=" + events.subject(), id);
        assertThat(client.status()).isEqualTo(200);
        client.awaitFirst(event -> true);
        return client;
    }
}
