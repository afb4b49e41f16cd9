package io.sluice.api.deadletters;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.deadletters.RedriveStore.Sent;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.EventId;
import io.sluice.contract.Topic;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class RedriveTest {

    private final StoredDeadLetters letters;
    private final RedriveStore store;
    private final Topics topics;

    RedriveTest(StoredDeadLetters letters, RedriveStore store, Topics topics) {
        this.letters = letters;
        this.store = store;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void aRecordIsSentAsItWasAndTheRowIsRedriven() {
        // Given
        UUID event = UUID.randomUUID();
        UUID id = letters.with()
                .reason("rejected-by-database")
                .key(new byte[] {0, 1})
                .value("{ \"total\": 99.50 }")
                .header("ce_id", event.toString())
                .header("none", (byte[]) null)
                .store();

        // When
        ValidatableResponse answer = redrive(id, "");

        // Then
        answer.statusCode(202)
                .body("id", is(id.toString()))
                .body("state", is("redriven"))
                .body("eventId", is(event.toString()));
        ConsumerRecord<byte[], byte[]> record = awaitRedriven(id);
        assertThat(record.key()).containsExactly(0, 1);
        assertThat(record.value()).asString().isEqualTo("{ \"total\": 99.50 }");
        assertThat(record.headers().toArray())
                .extracting(Header::key)
                .containsExactly("ce_id", "none", "sluice_dead_letter_id");
        assertThat(record.headers().lastHeader("none").value()).isNull();
        get(id).body("state", is("redriven"))
                .body("actions.action", contains("redrive"))
                .body("actions.who", contains("anonymous"))
                .body("actions.outcome", contains("sent"));
    }

    @Test
    void asNewItHasTheSameIdEachTime() {
        // Given
        UUID id = letters.with().reason("undecodable").value("[1]").store();

        // When
        ValidatableResponse first = redrive(id, "?as=new");
        ValidatableResponse second = redrive(id, "?as=new");

        // Then
        String eventId = EventId.ofRedriven(id).toString();
        first.statusCode(202).body("eventId", is(eventId));
        second.statusCode(202).body("eventId", is(eventId)).body("state", is("redriven"));
        assertThat(awaitRedriven(id).headers().lastHeader("ce_id").value())
                .asString()
                .isEqualTo(eventId);
        get(id).body("actions.action", contains("redrive-as-new", "redrive-as-new"));
    }

    @Test
    void asNewAnEventOfAFeatureIsRefused() {
        // Given
        UUID id = letters.with()
                .reason("undecodable")
                .header("ce_type", "task.completed")
                .value("[1]")
                .store();

        // When
        ValidatableResponse answer = redrive(id, "?as=new");

        // Then
        answer.statusCode(422).body("code", is("reserved-type")).body("id", is(id.toString()));
        get(id).body("state", is("open")).body("actions", empty());
    }

    @Test
    void whatWasRejectedAsNewIsThatNewEventAgainHoweverItIsAskedFor() {
        // Given
        UUID original = UUID.randomUUID();
        UUID id = letters.with()
                .reason("idempotency-conflict")
                .header("ce_id", original.toString())
                .event(original, "message", null, null)
                .value("[1]")
                .store();
        String eventId = EventId.ofRedriven(id).toString();
        redrive(id, "?as=new").statusCode(202).body("eventId", is(eventId));
        letters.fail(id, "rejected-by-database", EventId.ofRedriven(id));

        // When
        ValidatableResponse asItFailed = redrive(id, "");
        ValidatableResponse asNew = redrive(id, "?as=new");

        // Then
        asItFailed.statusCode(202).body("eventId", is(eventId)).body("state", is("redriven"));
        asNew.statusCode(202).body("eventId", is(eventId));
        get(id).body("failures.eventId", contains(original.toString(), eventId));
    }

    @Test
    void whatHasFailedAsItIsAfterwardsIsTheRecordAgain() {
        // Given
        UUID original = UUID.randomUUID();
        UUID id = letters.with()
                .reason("rejected-by-database")
                .header("ce_id", original.toString())
                .event(original, "message", null, null)
                .store();
        letters.fail(id, "rejected-by-database", original);

        // When
        ValidatableResponse answer = redrive(id, "");

        // Then
        answer.statusCode(202).body("eventId", is(original.toString()));
    }

    @Test
    void whatCannotBeSentIsRefusedWithTheRemedyAndNothingIsNoted() {
        // Given
        UUID conflict = letters.with().reason("idempotency-conflict").store();
        UUID garbage = letters.with().reason("undecodable").value("{").store();

        // When
        ValidatableResponse asItIs = redrive(conflict, "");
        ValidatableResponse asNew = redrive(garbage, "?as=new");

        // Then
        asItIs.statusCode(409)
                .body("code", is("not-redrivable"))
                .body("id", is(conflict.toString()))
                .body("detail", containsString("add as=new"));
        asNew.statusCode(409).body("detail", containsString("the value is not JSON"));
        get(conflict).body("state", is("open")).body("actions", empty());
        get(garbage).body("state", is("open")).body("actions", empty());
    }

    @Test
    void oneThatIsNotThereIsNotFound() {
        redrive(UUID.randomUUID(), "").statusCode(404).body("code", is("not-found"));
    }

    @Test
    void whatHasFailedAgainBeforeItIsNotedStaysOpen() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        long note = store.begin(List.of(id), Mode.AS_IT_IS, "somebody").get(id);

        // When
        letters.fail(id, "rejected-by-database");
        var states = store.end(List.of(new Sent(id, 1, note, Outcome.SENT)));

        // Then
        assertThat(states).containsEntry(id, "open");
        get(id).body("state", is("open")).body("actions.outcome", contains("sent"));
    }

    @Test
    void whatIsStoredBeforeThatIsNotedStaysResolved() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        long note = store.begin(List.of(id), Mode.AS_IT_IS, "somebody").get(id);

        // When
        letters.execute("update dead_letters set state = 'resolved', resolved_at = now() where id = ?", id);
        var states = store.end(List.of(new Sent(id, 1, note, Outcome.SENT)));

        // Then
        assertThat(states).containsEntry(id, "resolved");
        get(id).body("state", is("resolved"));
    }

    @Test
    void whatIsBeingStoredIsNotWaitedFor() throws Exception {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        long note = store.begin(List.of(id), Mode.AS_IT_IS, "somebody").get(id);

        // When
        var states = letters.whileLocked(id, () -> store.end(List.of(new Sent(id, 1, note, Outcome.SENT))));

        // Then
        assertThat(states).containsEntry(id, "open");
        get(id).body("actions.outcome", contains("sent"));
    }

    @Test
    void whatKafkaDidNotTakeStaysOpen() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        long note = store.begin(List.of(id), Mode.AS_IT_IS, "somebody").get(id);

        // When
        var states = store.end(List.of(new Sent(id, 1, note, Outcome.NOT_ACCEPTED)));

        // Then
        assertThat(states).containsEntry(id, "open");
        get(id).body("actions.outcome", contains("not-accepted"));
    }

    @Test
    void whoseSendingCannotBeNotedIsSentAndTheClientIsTold() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        letters.execute(
                """
                create function refuse() returns trigger language plpgsql as 'begin raise exception ''refused''; end';
                create trigger refuse before update on dead_letter_actions execute function refuse()""");

        // When
        ValidatableResponse answer = redrive(id, "");
        letters.execute("drop trigger refuse on dead_letter_actions; drop function refuse()");

        // Then
        answer.statusCode(503)
                .body("code", is("database-unavailable"))
                .body("detail", containsString("Kafka has acknowledged 1 of 1"))
                .body("detail", containsString("to redrive it once more is safe"));
        awaitRedriven(id);
        get(id).body("state", is("open")).body("actions[0].outcome", nullValue());
    }

    @Test
    void oneIsPutAwayOnceHoweverOftenItIsAskedFor() {
        // Given
        UUID id = letters.with().store();

        // When
        ValidatableResponse first = resolve(id);
        ValidatableResponse second = resolve(id);

        // Then
        first.statusCode(200).body("id", is(id.toString())).body("state", is("resolved"));
        second.statusCode(200).body("state", is("resolved"));
        get(id).body("state", is("resolved"))
                .body("resolvedAt", notNullValue())
                .body("actions.action", contains("resolve"))
                .body("actions.outcome", contains("resolved"));
        redrive(id, "?as=new").statusCode(409).body("detail", containsString("It is resolved"));
        resolve(UUID.randomUUID()).statusCode(404);
    }

    /** The record that this dead letter was sent again as. */
    static ConsumerRecord<byte[], byte[]> awaitRedriven(UUID id) {
        return new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name("")).awaitFirst(record -> {
            Header header = record.headers().lastHeader(DeadLetterHeader.ID.key());
            return header != null && new String(header.value(), UTF_8).equals(id.toString());
        });
    }

    private static ValidatableResponse redrive(UUID id, String query) {
        return given().post("/api/v1/dead-letters/" + id + "/redrive" + query).then();
    }

    private static ValidatableResponse resolve(UUID id) {
        return given().post("/api/v1/dead-letters/" + id + "/resolve").then();
    }

    private static ValidatableResponse get(UUID id) {
        return given().get("/api/v1/dead-letters/" + id).then();
    }
}
