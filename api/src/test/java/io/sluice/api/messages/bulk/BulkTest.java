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
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.messages.Rows;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.contract.UndecodableRecordException;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class BulkTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
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
        ValidatableResponse answer = post(lines(events), "traceparent", TRACEPARENT);

        // Then
        answer.statusCode(202)
                .body("accepted", is(events))
                .body("repeated", is(0))
                .body("refused", is(0))
                .body("acknowledgedThrough", is(events))
                .body("refusals", hasSize(0));
        List<Event> published = published();
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
        ValidatableResponse answer = post(String.join(
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
        assertThat(published()).hasSize(3);
    }

    @Test
    void ofVeryManyBadLinesTheFirstAreTold() {
        post("{}\n".repeat(1_000))
                .statusCode(202)
                .body("accepted", is(0))
                .body("refused", is(1_000))
                .body("refusals", hasSize(100))
                .body("refusals[99].position", is(100));
    }

    @Test
    void ofTooManyBadLinesTheBodyEndsAndIsGoneOnWithBehindThem() {
        post(lines(1) + "{}\n".repeat(BulkPost.MAX_REFUSED + 1) + lines(1))
                .statusCode(400)
                .body("code", is("invalid-request"))
                .body("detail", containsString("100000 lines"))
                .body("progress.accepted", is(1))
                .body("progress.refused", is(100_001))
                .body("progress.acknowledgedThrough", is(100_002));
    }

    @Test
    void anEmptyBodyHasNoEvents() {
        post("").statusCode(202).body("accepted", is(0)).body("acknowledgedThrough", is(0));
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
                        () -> post(same + "\n" + another + "\n" + once),
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
        post(lines(2), "Idempotency-Key", "k")
                .statusCode(400)
                .body("violations.header", is(List.of("Idempotency-Key")));
        assertThat(published()).isEmpty();
    }

    @Test
    void aBodyMayBeCompressed() throws IOException {
        // Given
        byte[] first = gzip(lines(2_000));
        byte[] second = gzip(lines(1_000));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        // When, then
        post(both, "gzip").statusCode(202).body("accepted", is(3_000));
        assertThat(published()).hasSize(3_000);
    }

    @Test
    void aCompressedBodyThatIsBrokenOffIsTakenUpToThere() throws IOException {
        byte[] whole = gzip(IntStream.range(0, 5_000)
                .mapToObj(n -> "{\"key\":\"" + key + "\",\"payload\":\"" + UUID.randomUUID() + "\"}\n")
                .collect(Collectors.joining()));

        ValidatableResponse answer = post(Arrays.copyOf(whole, whole.length / 2), "gzip");

        int through = answer.statusCode(400)
                .body("code", is("invalid-request"))
                .body("detail", containsString("gzip"))
                .extract()
                .path("progress.acknowledgedThrough");
        assertThat(through).isBetween(1, 4_999);
        assertThat(published()).hasSize(through);
    }

    @Test
    void aLaterPartOfACompressedBodyThatIsBrokenOffIsNotItsEnd() throws IOException {
        // Given
        byte[] first = gzip(lines(2));
        byte[] both = Arrays.copyOf(first, first.length + 5);
        System.arraycopy(gzip(lines(1)), 0, both, first.length, 5);

        // When, then
        post(both, "gzip")
                .statusCode(400)
                .body("code", is("invalid-request"))
                .body("progress.accepted", is(2))
                .body("progress.acknowledgedThrough", is(2));
    }

    @Test
    void aBodyThatExpandsToTooMuchIsRefused() throws IOException {
        post(gzip(lines(10) + " ".repeat(64 << 20)), "gzip")
                .statusCode(413)
                .body("code", is("content-too-large"))
                .body("detail", containsString("expands"))
                .body("progress.accepted", is(10));
    }

    @Test
    void noOtherCodingIsTaken() {
        for (String coding : List.of("br", "gzip, gzip", "deflate")) {
            post(lines(1).getBytes(UTF_8), coding)
                    .statusCode(415)
                    .header("Accept-Encoding", "gzip, identity")
                    .body("code", is("unsupported-media-type"));
        }
        post("no gzip".getBytes(UTF_8), "gzip").statusCode(400).body("progress.accepted", is(0));
    }

    private String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"key\":\"" + key + "\",\"payload\":{\"n\": " + n + "}}\n")
                .collect(Collectors.joining());
    }

    /** The events of this test on the topic. */
    private List<Event> published() {
        return topic.all().stream()
                .map(record -> {
                    try {
                        return EventCodec.decode(record);
                    } catch (UndecodableRecordException others) {
                        return Events.any();
                    }
                })
                .filter(event -> key.equals(event.key()))
                .toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static ValidatableResponse post(String body, String... header) {
        RequestSpecification request = request().body(body.getBytes(UTF_8));
        return (header.length == 0 ? request : request.header(header[0], header[1]))
                .post("/api/v1/messages")
                .then();
    }

    private static ValidatableResponse post(byte[] body, String coding) {
        return request()
                .header("Content-Encoding", coding)
                .body(body)
                .post("/api/v1/messages")
                .then();
    }

    private static RequestSpecification request() {
        return given().config(AS_IT_IS).contentType("application/x-ndjson");
    }
}
