package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class PostTest {

    private final Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    private final Rows rows;
    private final Topics topics;

    PostTest(Rows rows, Topics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void anEventIsOnTheTopicBeforeItIsAcknowledged() throws Exception {
        // Given
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Instant before = Instant.now();

        // When
        String id = post(
                        """
                        {"type":"order.placed","key":"order-42","subject":"orders","payload": {"total": 99.50} }""",
                        "traceparent",
                        traceparent)
                .statusCode(202)
                .extract()
                .path("id");

        // Then
        ConsumerRecord<byte[], byte[]> record = published(id).get(0);
        Event event = EventCodec.decode(record);
        assertThat(record.key()).asString(UTF_8).isEqualTo("order-42");
        assertThat(event.id()).isEqualTo(UUID.fromString(id));
        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.key()).isEqualTo("order-42");
        assertThat(event.subject()).isEqualTo("orders");
        assertThat(event.caller()).isEqualTo("anonymous");
        assertThat(event.traceparent()).isEqualTo(traceparent);
        assertThat(event.time()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(event.payload()).asString(UTF_8).isEqualTo("{\"total\": 99.50}");
    }

    @Test
    void anEventWithoutAKeyIsSpreadByItsId() {
        String id = post("{\"payload\":1}").statusCode(202).extract().path("id");

        assertThat(published(id))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).asString(UTF_8).isEqualTo(id));
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
    }

    @Test
    void theLocationIsWhereTheEventCanBeRead() {
        post("{\"id\":\"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b\",\"payload\":1}")
                .statusCode(202)
                .header("Location", "/api/v1/messages/0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")
                .body("id", equalTo("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"))
                .body("repeated", nullValue());
    }

    @Test
    void anIdempotencyKeyStandsForOneId() {
        String key = UUID.randomUUID().toString();

        post("{\"payload\":1}", "Idempotency-Key", key)
                .statusCode(202)
                .body("id", equalTo(EventId.ofIdempotencyKey("anonymous", key).toString()));
    }

    @Test
    void theSameEventAgainIsTheSameAnswerAndDoesNotTravelAgain() {
        // Given
        Event stored = Events.with().key("k").build();
        rows.store(stored);
        String body = "{\"id\":\"%s\",\"type\":\"%s\",\"key\":\"k\",\"payload\":%s}"
                .formatted(stored.id(), stored.type(), new String(stored.payload(), UTF_8));

        postUntilConflict("{\"id\":\"%s\",\"payload\":\"another\"}".formatted(stored.id()));

        // When
        ValidatableResponse answer = post(body);

        // Then
        answer.statusCode(202)
                .header("Location", "/api/v1/messages/" + stored.id())
                .body("repeated", is(true));
        String later = post("{\"payload\":1}").extract().path("id");
        assertThat(published(later)).hasSize(1);
        assertThat(topic.all())
                .filteredOn(record -> id(record).equals(stored.id().toString()))
                .noneMatch(record -> Arrays.equals(record.value(), stored.payload()));
    }

    @Test
    void anotherEventUnderAStoredIdIsAConflict() {
        Event stored = Events.with().build();
        rows.store(stored);

        postUntilConflict("{\"id\":\"%s\",\"payload\":\"another\"}".formatted(stored.id()))
                .contentType("application/problem+json")
                .body("type", is("/problems/idempotency-conflict.md"))
                .body("code", is("idempotency-conflict"))
                .body("id", is(stored.id().toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                    | {}                          | 400 | /payload",
                "application/json                    | {\"payload\":1              | 400 | must be one JSON object",
                "application/json                    | {\"payload\":1,\"key\":\"\"} | 400 | /key",
                "text/plain                          | {\"payload\":1}             | 415 | application/json",
                "application/json;charset=iso-8859-1 | {\"payload\":1}             | 415 | application/json",
            })
    void aBadRequestIsToldWhatToChange(String contentType, String body, int status, String remedy) {
        given().header("Content-Type", contentType)
                .body(body.getBytes(UTF_8))
                .post("/api/v1/messages")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body(containsString(remedy));
    }

    @Test
    void anIdempotencyKeyMustBePrintableAndShort() {
        post("{\"payload\":1}", "Idempotency-Key", "k".repeat(256)).statusCode(202);
        post("{\"payload\":1}", "Idempotency-Key", "k".repeat(257))
                .statusCode(400)
                .body("violations[0].header", is("Idempotency-Key"));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithADocument() {
        post("{\"payload\":\"" + "x".repeat(3 << 20) + "\"}")
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", is("content-too-large"));
    }

    /** The check for conflicts has 200 ms, which is not enough for the first query of a machine that is busy. */
    private static ValidatableResponse postUntilConflict(String body) {
        return await().until(() -> post(body), answer -> answer.extract().statusCode() == 422);
    }

    private List<ConsumerRecord<byte[], byte[]>> published(String id) {
        topic.awaitFirst(record -> id(record).equals(id));
        return topic.all().stream().filter(record -> id(record).equals(id)).toList();
    }

    /** The event's id, or an empty text where the record is none: others write to the topic as well. */
    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Header id = record.headers().lastHeader(EventHeader.ID.key());
        return id == null ? "" : new String(id.value(), UTF_8);
    }

    private static ValidatableResponse post(String body, String... header) {
        var request = given().contentType(ContentType.JSON).body(body.getBytes(UTF_8));
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        return request.post("/api/v1/messages").then();
    }
}
