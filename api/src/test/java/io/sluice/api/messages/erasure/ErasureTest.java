package io.sluice.api.messages.erasure;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.messages.Rows;
import io.sluice.api.publishing.Topics;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class ErasureTest {

    private static final String ALICE = "https://login.example.com/alice";

    private final Rows rows;
    private final StoredDeadLetters letters;
    private final Topics topics;
    private final AgroalDataSource database;
    private final String key = "customer-" + UUID.randomUUID();

    ErasureTest(Rows rows, StoredDeadLetters letters, Topics topics, AgroalDataSource database) {
        this.rows = rows;
        this.letters = letters;
        this.topics = topics;
        this.database = database;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    private static RequestSpecification as(String subject) {
        return given().urlEncodingEnabled(false)
                .header(
                        "Authorization",
                        "Bearer "
                                + Tokens.signed(claims -> {
                                    claims.setSubject(subject);
                                    claims.setStringClaim(
                                            "scope", "messages:read messages:write messages:erase dead-letters:manage");
                                }));
    }

    private void erases(int messages, int deadLetters, boolean complete) {
        as("alice")
                .delete("/api/v1/messages?key=" + key)
                .then()
                .statusCode(200)
                .body("messages", equalTo(messages))
                .body("deadLetters", equalTo(deadLetters))
                .body("complete", equalTo(complete));
    }

    @Test
    void whatIsErasedIsNotShownAndStaysKnown() {
        // Given
        UUID id = UUID.randomUUID();
        Event event = Events.with()
                .id(id)
                .key(key)
                .caller(ALICE)
                .payload("\"secret\"")
                .build();
        rows.store(event);
        Event other = Events.with().key(key + "-other").build();
        rows.store(other);

        // When, then
        erases(1, 0, true);
        erases(0, 0, true);

        // Then
        for (String path : new String[] {"/" + id, "/" + id + "/status"}) {
            as("alice").get("/api/v1/messages" + path).then().statusCode(410).body("code", equalTo("erased"));
        }
        assertThat(as("alice").get("/api/v1/messages?limit=500").asString()).doesNotContain(id.toString());
        assertThat(as("alice")
                        .get("/api/v1/messages?key=" + key)
                        .then()
                        .extract()
                        .<Object>path("items.size()"))
                .isEqualTo(0);
        as("alice").get("/api/v1/messages/" + other.id()).then().statusCode(200);
        assertThat(text("select m::text from messages m where id = ?", id))
                .doesNotContain(key, "alice", hex("secret"))
                .contains(event.fingerprint().toString());
    }

    @Test
    void theSameEventAgainIsARepeatAndAnotherOneAConflict() {
        // Given
        UUID id = UUID.randomUUID();
        String body = "{\"id\":\"%s\",\"key\":\"%s\",\"payload\":%s}";
        Event event = Events.with()
                .id(id)
                .type("message")
                .key(key)
                .subject(null)
                .caller(ALICE)
                .payload("1")
                .build();
        rows.store(event);
        erases(1, 0, true);

        // When, then
        as("alice")
                .contentType(ContentType.JSON)
                .body(body.formatted(id, key, 1))
                .post("/api/v1/messages")
                .then()
                .statusCode(202)
                .body("repeated", equalTo(true));
        as("alice")
                .contentType(ContentType.JSON)
                .body(body.formatted(id, key, 2))
                .post("/api/v1/messages")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-conflict"));
    }

    @Test
    void whatIsStoredAfterwardsIsErasedByTheNextRequest() {
        // Given
        rows.store(Events.with().key(key).build());
        erases(1, 0, true);

        // When
        rows.store(Events.with().key(key).build());

        // Then
        erases(1, 0, true);
    }

    @Test
    void deadLettersAreErasedAndTheIdsOfTheirEventsTaken() {
        // Given
        Event event = Events.with().key(key).caller(ALICE).payload("\"secret\"").build();
        UUID rejected = letter(event, "rejected-by-database");
        UUID noEvent = letters.with().key(key.getBytes(UTF_8)).store();
        UUID other = letters.with().store();

        // When, then
        erases(0, 2, true);
        erases(0, 0, true);

        // Then
        for (UUID id : new UUID[] {rejected, noEvent}) {
            assertThat(text("select l::text from dead_letters l where id = ?", id))
                    .doesNotContain(key, hex("secret"));
            as("alice")
                    .get("/api/v1/dead-letters/" + id)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("resolved"))
                    .body("detail", equalTo("erased"))
                    .body("failures[0].detail", equalTo("erased"))
                    .body("actions[0].action", equalTo("erase"))
                    .body("actions[0].who", equalTo(ALICE));
        }
        as("alice").get("/api/v1/messages/" + event.id()).then().statusCode(410);
        assertThat(text("select fingerprint::text from messages where id = ?", event.id()))
                .contains(event.fingerprint().toString());
        as("alice").get("/api/v1/dead-letters/" + other).then().body("detail", equalTo("one sentence"));
    }

    @Test
    void anEventOfAFeatureIsErasedByItsOwnerAlone() {
        // Given
        Event ofBob = ofFeature("https://login.example.com/bob");
        Event ofAlice = ofFeature(ALICE);
        rows.store(ofBob);
        rows.store(ofAlice);
        UUID letterOfBob = letter(ofFeature("https://login.example.com/bob"), "rejected-by-database");

        // When, then
        erases(1, 0, true);

        // Then
        as("bob").get("/api/v1/messages/" + ofBob.id()).then().statusCode(200);
        as("alice").get("/api/v1/messages/" + ofAlice.id()).then().statusCode(404);
        as("alice").get("/api/v1/dead-letters/" + letterOfBob).then().body("state", equalTo("open"));
    }

    @Test
    void manyAreErasedByMoreThanOneRequest() {
        // Given
        int most = Erasures.MAX_BATCHES * ErasureStore.BATCH;
        rows.storeMany(key, most, Instant.now());

        // When, then: a transaction is for the dead letters
        erases(most - ErasureStore.BATCH, 0, false);
        erases(ErasureStore.BATCH, 0, true);
        assertThat(text(
                        "select string_agg(messages || ' ' || who, ', ' order by at) from erasures where key_sha256 = sha256(?)",
                        key.getBytes(UTF_8)))
                .isEqualTo("3800 %1$s, 200 %1$s", ALICE);
    }

    @Test
    void twoRequestsAtOnceCountEachRowOnce() {
        // Given
        rows.storeMany(key, 1_000, Instant.now());

        // When
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(this::erase);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(this::erase);

        // Then
        assertThat(first.join() + second.join()).isEqualTo(1_000);
        erases(0, 0, true);
    }

    private int erase() {
        return as("alice")
                .delete("/api/v1/messages?key=" + key)
                .then()
                .statusCode(200)
                .extract()
                .path("messages");
    }

    private Event ofFeature(String owner) {
        return Events.with()
                .type("task.completed")
                .key(key)
                .caller(Event.OUTBOX)
                .owner(owner)
                .build();
    }

    /** As the consumer keeps an event that it cannot store. */
    private UUID letter(Event event, String reason) {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, "messages");
        StoredDeadLetters.Row letter = letters.with()
                .reason(reason)
                .event(event.id(), event.type(), event.key(), event.subject())
                .key(key.getBytes(UTF_8))
                .value(new String(record.value(), UTF_8));
        record.headers().forEach(header -> letter.header(header.key(), new String(header.value(), UTF_8)));
        return letter.store();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private String text(String sql, Object parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
