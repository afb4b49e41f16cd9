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
import io.restassured.response.ValidatableResponse;
import io.sluice.api.messages.Rows;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class BulkTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final String key = UUID.randomUUID().toString();
    private final Rows rows;
    private final Topics topics;

    BulkTest(Rows rows, Topics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void eachLineIsAnEventInItsOrder() {
        // Given
        int events = 2_000;

        // When
        ValidatableResponse answer = BulkRequests.post(BulkRequests.lines(key, events), "traceparent", TRACEPARENT);

        // Then
        answer.statusCode(202)
                .body("accepted", is(events))
                .body("repeated", is(0))
                .body("refused", is(0))
                .body("acknowledgedThrough", is(events))
                .body("refusals", hasSize(0));
        List<Event> published = BulkRequests.published(key);
        assertThat(published)
                .extracting(event -> new String(event.payload(), UTF_8))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, events)
                        .mapToObj(n -> "{\"n\": " + n + "}")
                        .toList());
        assertThat(published).allSatisfy(event -> {
            assertThat(event.caller()).isEqualTo("anonymous");
            assertThat(event.traceparent()).isEqualTo(TRACEPARENT);
        });
    }

    @Test
    void aBadLineStopsNoneOfTheOthersAndIsRefusedAsAlone() {
        // Given
        String good = "{\"key\":\"" + key + "\",\"payload\":1}";
        String bad = "{\"key\":42}";
        String reserved = "{\"type\":\"task.created\",\"payload\":1}";
        String tooLong = "{\"payload\":\"" + "x".repeat(NewMessage.MAX_BODY_BYTES) + "\"}";
        String tooLarge = "{\"payload\":\"" + "x".repeat(1 << 20) + "\"}";

        // When
        ValidatableResponse answer = BulkRequests.post(String.join(
                "\n", good, bad, "", good + "\r", "no JSON", tooLong, " \t\r", reserved, tooLarge, "[]", good));

        // Then
        answer.statusCode(202)
                .body("accepted", is(3))
                .body("refused", is(6))
                .body("acknowledgedThrough", is(11))
                .body("refusals.position", is(List.of(2, 5, 6, 8, 9, 10)))
                .body(
                        "refusals.problem.code",
                        is(List.of(
                                "invalid-request",
                                "invalid-request",
                                "content-too-large",
                                "reserved-type",
                                "content-too-large",
                                "invalid-request")))
                .body("refusals[0].problem.violations.pointer", is(List.of("/key", "/payload")));
        String alone = given().contentType("application/json")
                .body(bad)
                .post("/api/v1/messages")
                .then()
                .extract()
                .asString();
        assertThat(answer.extract().asString()).contains("{\"position\":2,\"problem\":" + alone + "}");
        assertThat(BulkRequests.published(key)).hasSize(3);
    }

    @Test
    void ofVeryManyBadLinesTheFirstAreTold() {
        BulkRequests.post("{}\n".repeat(1_000))
                .statusCode(202)
                .body("accepted", is(0))
                .body("refused", is(1_000))
                .body("refusals", hasSize(100))
                .body("refusals[99].position", is(100));
    }

    @Test
    void ofTooManyBadLinesTheBodyEndsAndIsGoneOnWithBehindThem() {
        BulkRequests.post(BulkRequests.lines(key, 1)
                        + "{}\n".repeat(BulkPost.MAX_REFUSED + 1)
                        + BulkRequests.lines(key, 1))
                .statusCode(400)
                .body("code", is("invalid-request"))
                .body("detail", containsString("100000 lines"))
                .body("progress.accepted", is(1))
                .body("progress.refused", is(100_001))
                .body("progress.acknowledgedThrough", is(100_002));
    }

    @Test
    void anEmptyBodyHasNoEvents() {
        BulkRequests.post("").statusCode(202).body("accepted", is(0)).body("acknowledgedThrough", is(0));
    }

    @Test
    void whatIsStoredAlreadyIsARepeatOrAConflict() {
        // Given
        Event stored = Events.with().key(key).build();
        rows.store(stored);
        String same = "{\"id\":\"%s\",\"type\":\"%s\",\"key\":\"%s\",\"payload\":%s}"
                .formatted(stored.id(), stored.type(), key, new String(stored.payload(), UTF_8));
        String another = "{\"id\":\"%s\",\"payload\":\"another\"}".formatted(stored.id());
        String once = "{\"id\":\"%s\",\"key\":\"%s\",\"payload\":1}".formatted(UUID.randomUUID(), key);

        // When: PostgreSQL has 200 ms to answer, which a machine that is busy does not always have
        ValidatableResponse answer = await().until(
                        () -> BulkRequests.post(same + "\n" + another + "\n" + once),
                        a -> a.extract().path("repeated").equals(1));

        // Then
        answer.statusCode(202)
                .body("accepted", is(2))
                .body("refused", is(1))
                .body("refusals[0].position", is(2))
                .body("refusals[0].problem.code", is("idempotency-conflict"))
                .body("refusals[0].problem.id", is(stored.id().toString()));
    }

    @Test
    void anIdempotencyKeyStandsForOneEvent() {
        BulkRequests.post(BulkRequests.lines(key, 2), "Idempotency-Key", "k")
                .statusCode(400)
                .body("violations.header", is(List.of("Idempotency-Key")));
        assertThat(BulkRequests.published(key)).isEmpty();
    }
}
