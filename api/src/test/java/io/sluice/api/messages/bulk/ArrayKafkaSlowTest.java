package io.sluice.api.messages.bulk;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka can be so slow that the producer's memory, 32 MiB, has no room for a large event, but for a small one. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class ArrayKafkaSlowTest {

    /** Of these 55 have room, and leave half a megabyte. */
    private static final byte[] FILLING = ("\"" + "x".repeat(600_000) + "\"").getBytes(UTF_8);

    private static final int FILLINGS = 56;

    private final String key = UUID.randomUUID().toString();
    private final EventPublisher publisher;
    private final Topics topics;
    private final MeterRegistry metrics;
    Servers servers;

    ArrayKafkaSlowTest(EventPublisher publisher, Topics topics, MeterRegistry metrics) {
        this.publisher = publisher;
        this.topics = topics;
        this.metrics = metrics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    @Test
    void nothingIsHandedOverBehindAnEventThatFindsNoRoom() {
        // Given
        publisher.publish(Events.any()).await().atMost(Duration.ofSeconds(10));
        String large = event("\"" + "x".repeat(900_000) + "\"");
        String array = "[" + large + "," + event("2") + "]";
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            silence.begin();
            for (int i = 0; i < FILLINGS; i++) {
                var unused = publisher
                        .publish(Events.with().payload(FILLING).build())
                        .subscribeAsCompletionStage();
            }

            // When
            ValidatableResponse answer = post(array);
            silence.end();
            await().until(() -> gauge("sluice.api.events.in.flight") == 0 && gauge("sluice.api.kafka.silent") == 0);
            ValidatableResponse again = post(array);

            // Then
            answer.statusCode(503).body("code", is("not-accepted")).body("progress.acknowledgedThrough", is(0));
            again.statusCode(202).body("acknowledgedThrough", is(2));
            assertThat(publishedBytes()).containsExactly(900_002, 1);
        }
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private String event(String payload) {
        return "{\"key\":\"" + key + "\",\"payload\":" + payload + "}";
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.getBytes(UTF_8))
                .post("/api/v1/messages")
                .then();
    }

    /** The lengths of this test's payloads on the topic. */
    private List<Integer> publishedBytes() {
        return new Records(servers.kafka().bootstrapServers(), Topic.MESSAGES.name(""))
                .all().stream()
                        .filter(record -> record.key() != null && key.equals(new String(record.key(), UTF_8)))
                        .map(record -> record.value().length)
                        .toList();
    }
}
