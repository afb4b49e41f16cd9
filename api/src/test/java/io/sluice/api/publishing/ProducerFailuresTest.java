package io.sluice.api.publishing;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A producer can fail for good, and another one takes its place. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class ProducerFailuresTest {

    private static final String MESSAGES = Topic.MESSAGES.name("");

    private final EventProducer producer;

    Servers servers;
    TcpProxy network;

    ProducerFailuresTest(EventProducer producer) {
        this.producer = producer;
    }

    @BeforeEach
    void awaitAccepted() {
        await().until(() -> post("k", 0).statusCode() == 202);
    }

    @Test
    void oneThatGetsNoIdIsReplacedAndTheOrderOfAKeyStays() throws Exception {
        try (InitProducerIdRefused refusing =
                new InitProducerIdRefused(servers.kafka().port())) {
            // Given
            String key = UUID.randomUUID().toString();
            TopicProducer before = current();
            List<String> accepted = new ArrayList<>();
            network.cut();
            network.target(refusing.port());
            network.heal();

            // When
            producer.stop();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
                Response answer = post(key, accepted.size());
                if (answer.statusCode() == 202) {
                    accepted.add(answer.path("id"));
                } else {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    // Given to one producer after another, of which none gets an id.
                    if (refusing.refused() >= 2) {
                        refusing.endRefusing();
                    }
                }
                return accepted.size() == 30;
            });

            // Then
            assertThat(refusing.refused()).isGreaterThanOrEqualTo(2);
            assertThat(current()).isNotSameAs(before);
            assertThat(published(key)).containsSubsequence(accepted);
            await().until(() -> given().get("/health").statusCode() == 200);
        } finally {
            network.target(servers.kafka().port());
        }
    }

    @Test
    @Tag("matrix")
    void oneWhoseThreadHasEndedIsReplaced() {
        // Given
        TopicProducer dead = current();
        dead.send(EventCodec.encode(Events.any(), MESSAGES), (written, failure) -> {
            throw new AssertionError("ends the thread, as any error does");
        });

        // When
        await().until(() -> post("k", 1).statusCode() == 202 && !dead.equals(producer.current()));

        // Then
        assertThat(post("k", 2).statusCode()).isEqualTo(202);
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    private TopicProducer current() {
        return Objects.requireNonNull(producer.current());
    }

    private static Response post(String key, int n) {
        return given().contentType(ContentType.JSON)
                .body("{\"key\":\"%s\",\"payload\":%d}".formatted(key, n))
                .post("/api/v1/messages");
    }

    private List<String> published(String key) {
        return new Records(servers.addresses().kafkaBootstrapServers(), MESSAGES)
                .all().stream()
                        .filter(event -> Arrays.equals(key.getBytes(UTF_8), event.key()))
                        .map(event ->
                                new String(event.headers().lastHeader("ce_id").value(), UTF_8))
                        .toList();
    }
}
