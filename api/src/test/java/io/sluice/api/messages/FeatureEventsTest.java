package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.messages.list.MessagePages;
import io.sluice.api.publishing.Topics;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that features write cannot be forged, and are shown to their owner alone. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class FeatureEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final Rows rows;
    private final Topics topics;
    private final String task = UUID.randomUUID().toString();

    FeatureEventsTest(Rows rows, Topics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    private static RequestSpecification as(String subject) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + Tokens.signed(claims -> claims.setSubject(subject)));
    }

    private Event ofAlice() {
        return ofFeature("https://login.example.com/alice");
    }

    private Event ofFeature(String owner) {
        return Events.with()
                .type("task.completed")
                .key(task)
                .caller(Event.OUTBOX)
                .owner(owner)
                .build();
    }

    private static List<String> ids(Response page) {
        return page.then().statusCode(200).extract().path("items.id");
    }

    private static Response next(Response page, String subject) {
        return as(subject).get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.completed", "image.analysed", "document.indexed", "task."})
    void aForgedOneIsRefused(String type) {
        await().until(topics::seen);

        as("mallory")
                .contentType(ContentType.JSON)
                .body("{\"type\":\"%s\",\"key\":\"%s\",\"payload\":{\"version\":1}}".formatted(type, task))
                .post("/api/v1/messages")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("reserved-type"))
                .body("detail", containsString("choose another type"));
    }

    @Test
    void aForgedCloudEventIsRefused() {
        await().until(topics::seen);

        as("mallory")
                .contentType(ContentType.JSON)
                .headers("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/forge", "ce-type", "task.completed")
                .body("1")
                .post("/api/v1/messages")
                .then()
                .statusCode(422)
                .body("code", equalTo("reserved-type"));
    }

    @Test
    void aTypeThatOnlyResemblesOneIsTaken() {
        await().until(topics::seen);

        as("alice")
                .contentType(ContentType.JSON)
                .body("{\"type\":\"tasks.completed\",\"payload\":1}")
                .post("/api/v1/messages")
                .then()
                .statusCode(202);
    }

    @Test
    void itsOwnerReadsAndListsIt() {
        // Given
        Event event = ofAlice();
        rows.store(event);

        // When, then
        as("alice")
                .get("/api/v1/messages/" + event.id())
                .then()
                .statusCode(200)
                .body("type", equalTo("task.completed"));
        assertThat(ids(as("alice").get("/api/v1/messages?key=" + task)))
                .containsExactly(event.id().toString());
        assertThat(ids(as("alice").get("/api/v1/messages"))).contains(event.id().toString());
    }

    @Test
    void toAnotherItIsNotThere() {
        // Given
        Event event = ofAlice();
        rows.store(event);

        // When, then
        as("mallory")
                .get("/api/v1/messages/" + event.id())
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        as("mallory")
                .header("Prefer", "wait=30")
                .get("/api/v1/messages/" + event.id())
                .then()
                .statusCode(404);
        as("mallory")
                .get("/api/v1/messages?key=" + task)
                .then()
                .body("items", empty())
                .body("next", nullValue());
        assertThat(ids(as("mallory").get("/api/v1/messages")))
                .doesNotContain(event.id().toString());
    }

    @Test
    void asALineItIsItsOwnersAloneToo() {
        // Given
        Event event = ofAlice();
        rows.store(event);

        // When, then
        assertThat(lines("alice")).contains(event.id().toString());
        assertThat(lines("mallory")).isEqualTo("{\"end\":true,\"messages\":0}\n");
    }

    private String lines(String subject) {
        // A line alone would be compared with the document as JSON.
        return as(subject)
                .noFilters()
                .accept("application/x-ndjson")
                .get("/api/v1/messages?key=" + task)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void oneWithoutOwnerIsShownToNobody() {
        // Given
        Event event = ofFeature(null);
        rows.store(event);

        // When, then
        as("alice").get("/api/v1/messages/" + event.id()).then().statusCode(404);
        as("alice").get("/api/v1/messages?key=" + task).then().body("items", empty());
    }

    @Test
    void anEventOfAClientOfSuchATypeIsOneLikeAllOthers() {
        // Given: from before the type was reserved
        Event event =
                Events.with().type("task.completed").key(task).caller("/bob").build();
        rows.store(event);

        // When, then
        as("alice").get("/api/v1/messages/" + event.id()).then().statusCode(200);
    }

    @Test
    void aPageLooksAtSoManyThatOthersAloneMaySeeAndTheNextGoesOn() {
        // Given
        Event oldest = Events.with().key(task).build();
        rows.store(oldest, NOON);
        rows.storeMany(task, Event.OUTBOX, MessagePages.MAX_SCANNED, NOON.plusSeconds(1));
        Event newest = Events.with().key(task).build();
        rows.store(newest, NOON.plusSeconds(2));

        // When
        Response first = as("alice").get("/api/v1/messages?limit=2&key=" + task);
        Response second = next(first, "alice");

        // Then
        assertThat(ids(first)).containsExactly(newest.id().toString());
        assertThat(ids(second)).containsExactly(oldest.id().toString());
        second.then().body("next", nullValue());
    }
}
