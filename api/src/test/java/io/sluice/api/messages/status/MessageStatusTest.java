package io.sluice.api.messages.status;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.messages.Rows;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fate of an event is told to its sender, and to nobody else. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class MessageStatusTest {

    private static final String ALICE = "https://login.example.com/alice";

    private final UUID id = UUID.randomUUID();
    private final Rows rows;
    private final StoredDeadLetters letters;

    MessageStatusTest(Rows rows, StoredDeadLetters letters) {
        this.rows = rows;
        this.letters = letters;
    }

    @Test
    void nothingIsKnownOfAnIdThatNobodyHasSent() {
        status("alice").statusCode(404).body("code", is("not-found")).body("detail", containsString("Prefer: wait=5"));
    }

    @Test
    void oneThatIsStoredIsSo() {
        store(ALICE);

        status("alice")
                .statusCode(200)
                .body("id", is(id.toString()))
                .body("status", is("stored"))
                .body("storedAt", notNullValue())
                .body("reason", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "rejected-by-database, open,     dead-letter",
        "rejected-by-database, redriven, accepted",
        "rejected-by-database, resolved, dead-letter",
        "idempotency-conflict, open,     duplicate",
        "idempotency-conflict, redriven, duplicate",
        "idempotency-conflict, resolved, duplicate",
    })
    void oneThatFailedIsWhatItsDeadLetterSays(String reason, String state, String expected) {
        fail(ALICE, reason, state);

        status("alice")
                .statusCode(200)
                .body("status", is(expected))
                .body("reason", is(reason))
                .body("failedAt", is("2026-01-02T03:04:05.678Z"))
                .body("storedAt", nullValue());
    }

    @Test
    void oneThatFailedAndWasStoredInTheEndIsStored() {
        fail(ALICE, "rejected-by-database", "resolved");
        store(ALICE);

        status("alice").body("status", is("stored")).body("reason", nullValue());
    }

    @Test
    void whoSentTwoIsToldOfBoth() {
        store(ALICE);
        fail(ALICE, "idempotency-conflict", "open");

        status("alice").body("status", is("duplicate")).body("storedAt", notNullValue());
    }

    @Test
    void whatOthersHaveSentUnderTheIdIsNotTold() {
        // Given
        store("https://login.example.com/bob");
        fail("https://login.example.com/bob", "rejected-by-database", "open");

        // When, then
        status("alice").statusCode(404);

        // Given: the id was taken
        fail(ALICE, "idempotency-conflict", "open");

        // When, then
        status("alice").body("status", is("duplicate")).body("storedAt", nullValue());
    }

    @Test
    void howeverManyOthersHaveSentUnderTheIdTheSenderIsToldOfItsOwn() {
        // Given
        fail(ALICE, "rejected-by-database", "open");
        for (int i = 0; i < 101; i++) {
            fail("https://login.example.com/bob", "idempotency-conflict", "open");
        }

        // When, then
        status("alice").statusCode(200).body("status", is("dead-letter"));
    }

    @Test
    void whoWaitsIsNotAnsweredForADeadLetterOfSomebodyElse() {
        // Given
        fail("https://login.example.com/bob", "rejected-by-database", "open");
        CompletableFuture<ValidatableResponse> message = waiting("");

        // When
        await().during(Duration.ofMillis(500)).until(() -> !message.isDone());
        store(ALICE);

        // Then
        assertThat(message).succeedsWithin(Duration.ofSeconds(5)).satisfies(answer -> answer.statusCode(200));
    }

    @Test
    void whoeverIsNoSenderLearnsNothing() {
        store(ALICE);
        fail(ALICE, "rejected-by-database", "open");

        status("mallory").statusCode(404).body("detail", containsString("Nothing is known"));
    }

    @Test
    void anEventOfAFeatureIsItsOwners() {
        rows.store(Events.with()
                .id(id)
                .type("task.created")
                .caller(Event.OUTBOX)
                .owner(ALICE)
                .build());

        status("alice").body("status", is("stored"));
        status("mallory").statusCode(404);
    }

    @Test
    void whoWaitsForAnEventThatBecomesADeadLetterIsToldSo() {
        // Given
        CompletableFuture<ValidatableResponse> message = waiting("");
        CompletableFuture<ValidatableResponse> status = waiting("/status");
        assertThat(message).isNotDone();

        // When
        fail(ALICE, "rejected-by-database", "open");

        // Then
        assertThat(message).succeedsWithin(Duration.ofSeconds(5)).satisfies(answer -> answer.statusCode(404)
                .body("detail", containsString("is a dead letter: rejected-by-database")));
        assertThat(status).succeedsWithin(Duration.ofSeconds(5)).satisfies(answer -> answer.statusCode(200)
                .header("Preference-Applied", "wait=20")
                .body("status", is("dead-letter")));
    }

    private CompletableFuture<ValidatableResponse> waiting(String what) {
        return CompletableFuture.supplyAsync(() -> as("alice")
                .header("Prefer", "wait=20")
                .get("/api/v1/messages/" + id + what)
                .then());
    }

    private ValidatableResponse status(String subject) {
        return as(subject).get("/api/v1/messages/" + id + "/status").then();
    }

    private static RequestSpecification as(String subject) {
        return given().header("Authorization", "Bearer " + Tokens.signed(claims -> claims.setSubject(subject)));
    }

    private void store(String caller) {
        rows.store(Events.with().id(id).caller(caller).build());
    }

    private void fail(String caller, String reason, String state) {
        UUID letter = letters.with()
                .reason(reason)
                .header("ce_caller", caller)
                .event(id, "message", null, null)
                .store();
        letters.execute(
                "update dead_letters set state = ?, resolved_at = case ? when 'resolved' then now() end where id = ?",
                state,
                state,
                letter);
    }
}
