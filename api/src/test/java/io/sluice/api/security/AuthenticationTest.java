package io.sluice.api.security;

import static io.restassured.RestAssured.given;
import static io.sluice.api.security.Tokens.signed;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.messages.Rows;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventHeader;
import io.sluice.contract.EventId;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
public class AuthenticationTest {

    /** As in production: with a key, nothing is open. Clocks do not differ. */
    public static final class WithSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "AUTH_SECRET", Tokens.SECRET,
                    "AUTH_ISSUER", Tokens.ISSUER,
                    "AUTH_AUDIENCE", Tokens.AUDIENCE,
                    "AUTH_CLOCK_SKEW_SECONDS", "0");
        }
    }

    private final Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    private final Rows rows;
    private final StoredDeadLetters letters;
    private final Topics topics;

    AuthenticationTest(Rows rows, StoredDeadLetters letters, Topics topics) {
        this.rows = rows;
        this.letters = letters;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    private static String token(String subject, String scope) {
        return signed(claims -> {
            claims.setSubject(subject);
            claims.setStringClaim("scope", scope);
        });
    }

    private static RequestSpecification as(String subject, String scope) {
        return given().header("Authorization", "Bearer " + token(subject, scope));
    }

    private static Response ask(RequestSpecification request, String method, String path) {
        return request.contentType(method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .body("{\"payload\":1}")
                .request(method, path);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/messages, messages:write",
        "GET, /api/v1/messages, messages:read",
        "HEAD, /api/v1/messages, messages:read",
        "GET, /api/v1/messages/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, messages:read",
        // GET would be answered for as long as a stream lasts.
        "HEAD, /api/v1/messages/stream, messages:read",
        "DELETE, /api/v1/messages?key=k, messages:erase",
        "POST, /api/v1/replays, messages:replay",
        "GET, /api/v1/replays, messages:replay",
        "GET, /api/v1/replays/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, messages:replay",
        "POST, /api/v1/replays/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/cancel, messages:replay",
        "GET, /api/v1/topics, messages:read",
        "GET, /api/v1/messages/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/status, messages:read",
        "GET, /api/v1/dead-letters, dead-letters:manage",
        "GET, /api/v1/dead-letters/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, dead-letters:manage",
        "POST, /api/v1/dead-letters/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/redrive, dead-letters:manage",
        "POST, /api/v1/dead-letters/redrive?reason=foreign, dead-letters:manage",
        "POST, /api/v1/dead-letters/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/resolve, dead-letters:manage",
        "POST, /api/v1/tasks, tasks",
        "GET, /api/v1/tasks, tasks",
        "GET, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "PUT, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "PATCH, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "DELETE, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "POST, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/complete, tasks",
        "POST, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/reopen, tasks",
        "GET, /api/v1/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/activity, tasks",
        "GET, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/activity, tasks",
        "POST, /api/tasks, tasks",
        "GET, /api/tasks, tasks",
        "GET, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "PUT, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "PATCH, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "DELETE, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, tasks",
        "POST, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/complete, tasks",
        "POST, /api/tasks/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/reopen, tasks",
        "POST, /api/v1/images, images:write",
        "GET, /api/v1/images, images:read",
        "GET, /api/v1/images/statistics, images:read",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, images:read",
        "DELETE, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, images:write",
        "POST, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/detections, images:write",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/content, images:read",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/overlay.png, images:read",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/mask.png, images:read",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/objects, images:read",
        "GET, /api/v1/images/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/objects/1, images:read",
        "POST, /api/v1/documents, documents:write",
        "GET, /api/v1/documents, documents:read",
        "GET, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, documents:read",
        "PUT, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, documents:write",
        "PATCH, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, documents:write",
        "DELETE, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, documents:write",
        "GET, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/content, documents:read",
        "GET, /api/v1/documents/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d/passages, documents:read",
        "POST, /api/v1/search, documents:read",
        "POST, /api/v1/chat, chat",
        "GET, /api/v1/chat/sessions, chat",
        "GET, /api/v1/chat/sessions/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, chat",
        "DELETE, /api/v1/chat/answers/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, chat",
        "DELETE, /api/v1/chat/sessions/01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d, chat",
        "POST, /v1/chat/completions, chat",
        "GET, /v1/models, chat",
        "GET, /v1/models/sluice, chat"
    })
    void eachPathAsksForItsScopeAndForNoOther(String method, String path, String scope) {
        String others =
                "messages:read messages:write messages:erase messages:replay dead-letters:manage tasks images:read images:write documents:read documents:write openid"
                        .replace(scope, "");

        assertThat(ask(given(), method, path).statusCode()).isEqualTo(401);
        assertThat(ask(as("alice", ""), method, path).statusCode()).isEqualTo(403);
        Response refused = ask(as("alice", others), method, path);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"sluice\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        assertThat(ask(as("alice", scope), method, path).statusCode()).isNotIn(401, 403, 500);
    }

    @Test
    void aTaskIsItsOwnersAlone() {
        // Given
        String task = as("alice", "tasks")
                .contentType(ContentType.JSON)
                .body("{\"title\":\"hers\"}")
                .post("/api/v1/tasks")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");

        // Then
        as("alice", "tasks").get(task).then().statusCode(200);
        as("bob", "tasks").get(task).then().statusCode(404);
        as("bob", "tasks").get("/api/v1/tasks?limit=100").then().body("items.title", not(hasItem("hers")));
        as("alice", "tasks").get("/api/v1/tasks?limit=100").then().body("items.title", hasItem("hers"));
        as("bob", "tasks").post(task + "/complete").then().statusCode(404);
        as("bob", "tasks").delete(task).then().statusCode(404);
        as("bob", "tasks")
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"title\":\"his\"}")
                .put(task)
                .then()
                .statusCode(404);
        as("alice", "tasks").get(task).then().body("title", equalTo("hers")).body("version", equalTo(1));
    }

    @Test
    void anImageIsItsOwnersAlone() {
        // Given
        byte[] webp = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
        List<String> images = Stream.of("alice", "bob")
                .map(caller -> as(caller, "images:write")
                        .multiPart("file", "image", webp)
                        .post("/api/v1/images")
                        .then()
                        .statusCode(202)
                        .extract()
                        .header("Location"))
                .toList();

        // Then
        assertThat(images).doesNotHaveDuplicates();
        String hers = images.get(0).replaceFirst(".*/", "");
        as("alice", "images:read").get(images.get(0)).then().statusCode(200);
        for (String path : List.of("", "/content", "/overlay.png", "/mask.png", "/objects", "/objects/1")) {
            as("bob", "images:read")
                    .get(images.get(0) + path)
                    .then()
                    .statusCode(404)
                    .body(
                            "detail",
                            equalTo("You have no image of this id; GET /api/v1/images lists those that you have."));
        }
        as("bob", "images:write").post(images.get(0) + "/detections").then().statusCode(404);
        as("bob", "images:write").delete(images.get(0)).then().statusCode(404);
        as("alice", "images:read").get("/api/v1/images").then().body("items.id", hasItem(hers));
        as("bob", "images:read").get("/api/v1/images").then().body("items.id", not(hasItem(hers)));
    }

    @Test
    void aDocumentIsItsOwnersUntilItIsShared() {
        // Given
        List<String> documents = Stream.of("alice", "bob")
                .map(caller -> as(caller, "documents:write")
                        .multiPart("file", "letter.txt", "hello".getBytes(UTF_8))
                        .post("/api/v1/documents")
                        .then()
                        .statusCode(202)
                        .extract()
                        .header("Location"))
                .toList();

        // Then
        assertThat(documents).doesNotHaveDuplicates();
        String hers = documents.get(0);
        as("alice", "documents:read").get(hers).then().statusCode(200);
        for (String path : List.of("", "/content", "/passages")) {
            as("bob", "documents:read")
                    .get(hers + path)
                    .then()
                    .statusCode(404)
                    .body(
                            "detail",
                            equalTo(
                                    "You have no document of this id; GET /api/v1/documents lists those that you have."));
        }

        // When
        as("alice", "documents:write")
                .contentType("application/merge-patch+json; charset=utf-8")
                .body("{\"visibility\":\"shared\"}")
                .patch(hers)
                .then()
                .statusCode(200);

        // Then
        as("bob", "documents:read").get(hers).then().statusCode(200);
        as("bob", "documents:read").get(hers + "/content").then().statusCode(200);
        as("bob", "documents:write").delete(hers).then().statusCode(404);
        as("bob", "documents:read")
                .get("/api/v1/documents")
                .then()
                .body("items.id", not(hasItem(hers.replaceFirst(".*/", ""))));
    }

    @Test
    void oneKeyOfTwoCallersStandsForTwoTasks() {
        List<String> tasks = Stream.of("alice", "bob")
                .map(caller -> as(caller, "tasks")
                        .contentType(ContentType.JSON)
                        .header("Idempotency-Key", "the-same-task")
                        .body("{\"title\":\"" + caller + "\"}")
                        .post("/api/v1/tasks")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .toList();

        assertThat(tasks).doesNotHaveDuplicates();
    }

    @Test
    void aRequestWithoutATokenIsToldWhatToSend() {
        ask(given(), "POST", "/api/v1/messages")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer realm=\"sluice\"")
                .body("code", equalTo("unauthenticated"))
                .body("detail", equalTo("Send a bearer token, in the header Authorization: Bearer TOKEN."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6c2VjcmV0", "Bearer", "Token abc", "", "garbage"})
    void whatIsNoBearerTokenIsAsGoodAsNone(String authorization) {
        ask(given().header("Authorization", authorization), "GET", "/api/v1/messages")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"sluice\"");
    }

    @Test
    void aTokenThatProvesNothingIsRefusedWithTheReason() {
        String expired = signed(claims -> claims.setExpirationTime(Tokens.inSeconds(-60)));

        ask(given().header("Authorization", "Bearer " + expired), "POST", "/api/v1/messages")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header(
                        "WWW-Authenticate",
                        "Bearer realm=\"sluice\", error=\"invalid_token\", error_description=\"The token has expired.\"")
                .body("code", equalTo("unauthenticated"))
                .body("detail", equalTo("The token has expired."));
        ask(given().header("Authorization", "Bearer a").header("Authorization", "Bearer b"), "GET", "/api/v1/messages")
                .then()
                .statusCode(401)
                .body("detail", equalTo("The header Authorization must be sent once."));
    }

    @Test
    void whatATokenLacksIsSaidWithTheClaim() {
        ask(as("alice", "openid"), "GET", "/api/v1/messages")
                .then()
                .statusCode(403)
                .body("detail", equalTo("The token does not allow this; its scope must have messages:read."));
        ask(
                        given().header("Authorization", "Bearer " + signed(claims -> claims.unsetClaim("scope"))),
                        "GET",
                        "/api/v1/messages")
                .then()
                .statusCode(403)
                .body(
                        "detail",
                        equalTo("The token does not allow this; it has no claim scope or scp (AUTH_SCOPES_CLAIM can "
                                + "name another one), which must have messages:read."));
    }

    /** With as many other headers as without a token. */
    @Test
    void aTokenMayHaveSixteenKibibytes() {
        // Given
        String small = signed(claims -> claims.setClaim("groups", ""));
        String token = signed(claims -> claims.setClaim("groups", "g".repeat((16_384 - small.length()) / 4 * 3)));
        assertThat(token).hasSizeBetween(16_380, 16_384);

        // When // Then
        given().header("Authorization", "Bearer " + token)
                .header("Cookie", "c".repeat(20_000))
                .get("/api/v1/messages?limit=1")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + token + "aaaaa")
                .get("/api/v1/messages?limit=1")
                .then()
                .statusCode(401)
                .body("detail", equalTo("The token is longer than 16384 characters."));
        given().header("Authorization", "Bearer " + token)
                .header("Cookie", "c".repeat(20_500))
                .get("/api/v1/messages?limit=1")
                .then()
                .statusCode(431);
    }

    @Test
    void theSchemeIsWrittenInAnyCase() {
        given().header("authorization", "bEARER  " + token("alice", "messages:read"))
                .get("/api/v1/messages?limit=1")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/health/live",
                "/health/ready",
                "/api/health",
                "/v1/health",
                "/openapi",
                "/docs/",
                "/problems/forbidden.md"
            })
    void whatHasToBeOpenIsOpenWhateverTheTokenIs(String path) {
        given().get(path).then().statusCode(200);
        given().header("Authorization", "Bearer garbage").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/messages",
                "/api//v1/messages",
                "/api/v1/messages/",
                "/api/v1/./messages",
                "/x/../api/v1/messages",
                "/api/v1/messages;a=b",
                "/%61pi/v1/messages",
                "/API/v1/messages",
                "/health/../api/v1/messages",
                "/api/v1;x/messages",
                "/api;x/v1/messages",
                "/;x/api/v1/messages",
                "/api/v1/..;/v1/messages",
                "/docs/../api/v1/messages",
                "/docs/..;/api/v1/messages",
                "/api/v1/messages/.",
                "/api/v1/messages.",
                "/api%2fv1/messages",
                "/api/v1/messages%2F"
            })
    void noOtherWayToWriteAPathGetsAroundTheToken(String path) throws Exception {
        // When
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                                .build(),
                        BodyHandlers.discarding());

        // Then
        assertThat(answer.statusCode()).isIn(400, 401, 404);
    }

    @Test
    void theCallerIsPartOfTheEventOfItsIdAndOfItsFingerprint() throws Exception {
        // Given
        String caller = "https://login.example.com/alice";

        // When
        String id = post(as("alice", "messages:write"), "order-1")
                .statusCode(202)
                .extract()
                .path("id");
        String other = post(as("bob", "messages:write"), "order-1")
                .statusCode(202)
                .extract()
                .path("id");

        // Then
        assertThat(UUID.fromString(id)).isEqualTo(EventId.ofIdempotencyKey(caller, "order-1"));
        assertThat(other).isNotEqualTo(id);
        ConsumerRecord<byte[], byte[]> record = topic.awaitFirst(is(id));
        assertThat(EventCodec.decode(record).caller()).isEqualTo(caller);
    }

    /** Others write to the topic as well, and not only events. */
    private static Predicate<ConsumerRecord<byte[], byte[]>> is(String id) {
        return record -> {
            Header header = record.headers().lastHeader(EventHeader.ID.key());
            return header != null && new String(header.value(), UTF_8).equals(id);
        };
    }

    @Test
    void theIdOfAnotherCallersEventIsAConflict() {
        // Given
        Event stored = Events.with().caller("https://login.example.com/alice").build();
        rows.store(stored);

        // When // Then
        postAgain(stored, "alice").statusCode(202);
        postAgain(stored, "bob").statusCode(422).body("code", equalTo("idempotency-conflict"));
    }

    private static ValidatableResponse postAgain(Event event, String subject) {
        return as(subject, "messages:write")
                .contentType(ContentType.JSON)
                .body("{\"id\":\"%s\",\"type\":\"%s\",\"payload\":%s}"
                        .formatted(event.id(), event.type(), new String(event.payload(), UTF_8)))
                .post("/api/v1/messages")
                .then();
    }

    @Test
    void whatIsDoneAboutADeadLetterIsNotedWithWhoDidIt() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();

        // When
        ask(as("alice", "dead-letters:manage"), "POST", "/api/v1/dead-letters/" + id + "/redrive")
                .then()
                .statusCode(202);
        ask(as("bob", "dead-letters:manage"), "POST", "/api/v1/dead-letters/" + id + "/resolve")
                .then()
                .statusCode(200);

        // Then
        as("carol", "dead-letters:manage")
                .get("/api/v1/dead-letters/" + id)
                .then()
                .body("actions.who", contains("https://login.example.com/alice", "https://login.example.com/bob"));
    }

    private static ValidatableResponse post(RequestSpecification client, String idempotencyKey) {
        return client.header("Idempotency-Key", idempotencyKey)
                .contentType(ContentType.JSON)
                .body("{\"payload\":1}")
                .post("/api/v1/messages")
                .then();
    }
}
