package io.sluice.api.messages.bulk;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.messages.Rows;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ArrayTest {

    private final Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    private final String key = UUID.randomUUID().toString();
    private final Rows rows;
    private final Topics topics;

    ArrayTest(Rows rows, Topics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void eachElementIsAnEventInItsOrder() {
        // When
        ValidatableResponse answer = post(IntStream.rangeClosed(1, 500)
                .mapToObj(n -> event(" " + n))
                .collect(Collectors.joining(",\n", " [ ", " ]\n")));

        // Then
        answer.statusCode(202).body("accepted", is(500)).body("acknowledgedThrough", is(500));
        assertThat(published())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 500)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void aBadElementStopsNoneOfTheOthers() {
        // Given
        Event stored = Events.with().key(key).build();
        rows.store(stored);
        String same = "{\"id\":\"%s\",\"type\":\"%s\",\"key\":\"%s\",\"payload\":%s}"
                .formatted(stored.id(), stored.type(), key, new String(stored.payload(), UTF_8));
        String another = "{\"id\":\"%s\",\"payload\":\"another\"}".formatted(stored.id());
        String array = "[" + String.join(",", event("1"), "{}", "[]", same, another, event("2")) + "]";

        // When: PostgreSQL has 200 ms to answer, which a machine that is busy does not always have
        ValidatableResponse answer = await().until(
                        () -> post(array), a -> a.extract().path("repeated").equals(1));

        // Then
        answer.statusCode(202)
                .body("accepted", is(3))
                .body("refused", is(3))
                .body("acknowledgedThrough", is(6))
                .body("refusals.position", is(List.of(2, 3, 5)))
                .body(
                        "refusals.problem.code",
                        is(List.of("invalid-request", "invalid-request", "idempotency-conflict")));
    }

    @Test
    void anEmptyArrayHasNoEvents() {
        post("[]").statusCode(202).body("accepted", is(0)).body("refusals", hasSize(0));
    }

    @Test
    void anArrayThatIsNoneOrHasTooManyIsRefusedAsAWhole() {
        post("[" + event("1") + ",").statusCode(400).body("violations[0].pointer", is(""));
        post("[" + (event("1") + ",").repeat(500) + event("1") + "]")
                .statusCode(400)
                .body("violations[0].detail", containsString("at most 500 events"));
        assertThat(published()).isEmpty();
    }

    @Test
    void anIdempotencyKeyStandsForOneEvent() {
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "k")
                .body("[" + event("1") + "]")
                .post("/api/v1/messages")
                .then()
                .statusCode(400)
                .body("violations.header", is(List.of("Idempotency-Key")));
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

    /** The payloads of this test's events on the topic. */
    private List<String> published() {
        return topic.all().stream()
                .filter(record -> record.key() != null && key.equals(new String(record.key(), UTF_8)))
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
