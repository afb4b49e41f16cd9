package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ReadTest {

    private final Rows rows;

    ReadTest(Rows rows) {
        this.rows = rows;
    }

    @Test
    void aMessageIsReadWithThePayloadAsItWasSent() {
        // Given
        Event event = Events.with()
                .key("k\"ä")
                .subject("s")
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .payload("{ \"a\" : 1e2, \"a\":\"\\u0000\" }")
                .build();
        rows.store(event, Instant.parse("2026-01-02T03:04:05.678901Z"));

        // When
        byte[] body = given().get("/api/v1/messages/" + event.id())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("key", is("k\"ä"))
                .body("subject", is("s"))
                .body("type", is(event.type()))
                .body("storedAt", is("2026-01-02T03:04:05.678901Z"))
                .body("traceparent", is(event.traceparent()))
                .extract()
                .asByteArray();

        // Then
        assertThat(new String(body, UTF_8)).endsWith(",\"payload\":{ \"a\" : 1e2, \"a\":\"\\u0000\" }}");
    }

    /** RFC 9110, section 9.3.2. */
    @Test
    void headSaysWhatGetSays() {
        // Given
        Event event = Events.with().build();
        rows.store(event, Instant.parse("2026-01-02T03:04:05Z"));
        String path = "/api/v1/messages/" + event.id();

        // When
        Response head = given().head(path);

        // Then
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.contentType()).isEqualTo(given().get(path).contentType());
    }

    @Test
    void aMessageThatIsNotStoredIsNotFound() {
        given().get("/api/v1/messages/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", is("not-found"));
    }

    @Test
    void whoWaitsIsAnsweredAsSoonAsTheMessageIsStored() {
        // Given
        Event event = Events.with().build();
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> given().header("Prefer", "wait=20")
                .get("/api/v1/messages/" + event.id())
                .statusCode());
        assertThat(waiting).isNotDone();

        // When
        rows.store(event);

        // Then
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(200);
    }

    @Test
    void whoWaitsInVainIsAnsweredInTime() {
        Instant start = Instant.now();

        given().header("Prefer", "wait=1")
                .get("/api/v1/messages/" + UUID.randomUUID())
                .then()
                .statusCode(404);

        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void somethingThatIsNoIdIsRefused() {
        given().get("/api/v1/messages/42")
                .then()
                .statusCode(400)
                .body("violations[0].parameter", is("id"))
                .body("violations[0].pointer", nullValue());
    }
}
