package io.sluice.api.replays;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class ReplaysTest {

    private static final String PATH = "/api/v1/replays";

    private final StoredDeadLetters database;

    ReplaysTest(StoredDeadLetters database) {
        this.database = database;
    }

    @BeforeEach
    void empty() {
        database.execute("delete from replays");
    }

    private static RequestSpecification as(String subject) {
        return given().header(
                        "Authorization",
                        "Bearer "
                                + Tokens.signed(claims -> {
                                    claims.setSubject(subject);
                                    claims.setStringClaim("scope", "messages:replay");
                                }));
    }

    private static ValidatableResponse order(RequestSpecification request, String body) {
        return request.contentType(ContentType.JSON).body(body).post(PATH).then();
    }

    private static String ordered(String subject, String body) {
        return order(as(subject), body).statusCode(202).extract().path("id");
    }

    @Test
    void whatIsOrderedIsQueuedUntilNow() {
        // When
        Instant before = Instant.now();
        ValidatableResponse answer = order(
                as("alice"),
                "{\"since\":\"2026-01-02T03:04:05.1234567+01:00\",\"key\":\"customer-7\",\"type\":\"order.placed\"}");

        // Then
        String id = answer.statusCode(202)
                .header("Location", matchesRegex("/api/v1/replays/[0-9a-f-]{36}"))
                .body("status", equalTo("queued"))
                .body("reason", nullValue())
                .body("since", equalTo("2026-01-02T02:04:05.123456Z"))
                .body("key", equalTo("customer-7"))
                .body("keySha256", matchesRegex("[0-9a-f]{64}"))
                .body("type", equalTo("order.placed"))
                .body("handler", nullValue())
                .body("sent", equalTo(0))
                .body("erased", equalTo(0))
                .body("position", nullValue())
                .body("startedAt", nullValue())
                .body("endedAt", nullValue())
                .extract()
                .path("id");
        answer.header("Location", endsWith(id));
        assertThat(Instant.parse(answer.extract().path("until")))
                .isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
        as("alice")
                .get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("status", equalTo("queued"));
    }

    @Test
    void aHandlerIsAnotherOrder() {
        // Given
        String id = order(
                        as("alice").header("Idempotency-Key", "history"),
                        "{\"key\":\"task-7\",\"handler\":\"task-activity\"}")
                .statusCode(202)
                .body("handler", equalTo("task-activity"))
                .extract()
                .path("id");

        // When, then
        order(as("alice").header("Idempotency-Key", "history"), "{\"key\":\"task-7\"}")
                .statusCode(422)
                .body("id", equalTo(id));
        as("alice").get(PATH + "/" + id).then().body("handler", equalTo("task-activity"));
    }

    @Test
    void anEndInTheFutureIsNow() {
        String until = order(as("alice"), "{\"key\":\"k\",\"until\":\"9999-01-01T00:00:00Z\"}")
                .statusCode(202)
                .extract()
                .path("until");

        assertThat(Instant.parse(until)).isBefore(Instant.now().plusSeconds(5));
    }

    @Test
    void underAnIdempotencyKeyItIsOrderedOnceByEachCaller() {
        // Given
        String body = "{\"key\":\"customer-7\"}";
        String id = order(as("alice").header("Idempotency-Key", "once"), body)
                .statusCode(202)
                .extract()
                .path("id");

        // When, then
        order(as("alice").header("Idempotency-Key", "once"), body)
                .statusCode(202)
                .body("id", equalTo(id))
                .header("Location", endsWith(id));
        order(as("alice").header("Idempotency-Key", "once"), "{\"key\":\"customer-8\"}")
                .statusCode(422)
                .body("code", equalTo("idempotency-conflict"))
                .body("id", equalTo(id));
        String others = order(as("bob").header("Idempotency-Key", "once"), "{\"key\":\"customer-8\"}")
                .statusCode(202)
                .extract()
                .path("id");
        assertThat(others).isNotEqualTo(id);

        // When: what has become of it since
        as("alice").post(PATH + "/" + id + "/cancel").then().statusCode(200);

        // Then
        order(as("alice").header("Idempotency-Key", "once"), body)
                .statusCode(202)
                .body("id", equalTo(id))
                .body("status", equalTo("cancelled"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | `` | must have since, key or both; for all events, give a since from before the first was stored",
                "{\"type\":\"a\"} | `` | must have since, key or both; for all events, give a since from before the first was stored",
                "{\"since\":\"yesterday\"} | /since | must be a time of RFC 3339, as in 2026-11-28T03:04:05Z",
                "{\"key\":\"k\",\"until\":\"2026-02-31T00:00:00Z\"} | /until | must be a time of RFC 3339, as in 2026-11-28T03:04:05Z",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-02T00:00:00Z\"} | /until | must be later than since",
                "{\"key\":\"\"} | /key | must not be empty; leave it out instead",
                "{\"key\":\"k\",\"type\":\"\\u0007\"} | /type | must not contain control characters, but has U+0007",
                "{\"key\":7} | /key | must be a string"
            })
    void whatIsWrongWithAnOrderIsTold(String body, String pointer, String detail) {
        order(as("alice"), body)
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("violations[0].pointer", equalTo(pointer))
                .body("violations[0].detail", equalTo(detail));
    }

    @Test
    void aMemberThatIsNotKnownIsRefused() {
        order(as("alice"), "{\"key\":\"k\",\"partition\":1}")
                .statusCode(400)
                .body("violations[0].pointer", equalTo("/partition"));
    }

    @Test
    void itIsTheCallersAlone() {
        // Given
        String id = ordered("alice", "{\"key\":\"customer-7\"}");

        // When, then
        as("bob").get(PATH + "/" + id).then().statusCode(404);
        as("bob").post(PATH + "/" + id + "/cancel").then().statusCode(404);
        as("bob").get(PATH).then().statusCode(200).body("items", hasSize(0));
        as("alice").get(PATH + "/" + id).then().statusCode(200).body("status", equalTo("queued"));
        as("alice").get(PATH + "/" + UUID.randomUUID()).then().statusCode(404).body("code", equalTo("not-found"));
        as("alice").get(PATH + "/7").then().statusCode(400);
    }

    @Test
    void aListHasTheNewestFirstAndPages() {
        // Given
        String first = ordered("alice", "{\"key\":\"1\"}");
        String second = ordered("alice", "{\"key\":\"2\"}");
        String third = ordered("alice", "{\"key\":\"3\"}");
        as("alice").post(PATH + "/" + second + "/cancel").then().statusCode(200);

        // When
        String next = as("alice")
                .get(PATH + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains(third, second))
                .extract()
                .path("next");

        // Then
        as("alice")
                .get(PATH + "?limit=2&cursor=" + next)
                .then()
                .statusCode(200)
                .body("items.id", contains(first))
                .body("next", nullValue());
        as("alice").get(PATH + "?status=cancelled").then().body("items.id", contains(second));
    }

    @Test
    void whatIsCancelledEndsAndItsKeyIsNotKept() {
        // Given
        String id = ordered("alice", "{\"key\":\"customer-7\"}");

        // When, then
        for (int i = 0; i < 2; i++) {
            as("alice")
                    .post(PATH + "/" + id + "/cancel")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("cancelled"))
                    .body("key", nullValue())
                    .body("keySha256", matchesRegex("[0-9a-f]{64}"))
                    .body("endedAt", notNullValue());
        }
    }

    @Test
    void whatIsDoneStaysDone() {
        // Given
        String id = ordered("alice", "{\"key\":\"customer-7\"}");
        database.execute(
                "update replays set status = 'done', key = null, ended_at = now(), sent = 7 where id = ?",
                UUID.fromString(id));

        // When, then
        as("alice")
                .post(PATH + "/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("status", equalTo("done"))
                .body("sent", equalTo(7));
    }

    @Test
    void soManyMayWaitAndNoMore() {
        // Given
        database.execute(
                """
                insert into replays (id, owner, fingerprint, until)
                select gen_random_uuid(), 'somebody', sha256(''), now() from generate_series(1, ?)""",
                ReplayStore.MAX_UNFINISHED - 1);
        String id = order(as("alice").header("Idempotency-Key", "last"), "{\"key\":\"k\"}")
                .statusCode(202)
                .extract()
                .path("id");

        // When, then
        order(as("alice"), "{\"key\":\"k\"}").statusCode(503).body("code", equalTo("overloaded"));
        order(as("alice").header("Idempotency-Key", "last"), "{\"key\":\"k\"}")
                .statusCode(202)
                .body("id", equalTo(id));
    }
}
