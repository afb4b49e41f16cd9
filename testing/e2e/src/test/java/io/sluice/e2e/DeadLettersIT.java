package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventId;
import io.sluice.contract.Topic;
import io.sluice.e2e.Client.Answer;
import io.sluice.testkit.Events;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Events that cannot be stored are found, understood, sent again and put away. */
class DeadLettersIT {

    private static final String LETTERS = "/api/v1/dead-letters";

    private final Client client = Sluice.client();
    private final Table table = new Table();
    private final String key = "letters-" + UUID.randomUUID();

    @Test
    void garbageIsShownWithItsBytesAndPutAway() throws Exception {
        // Given
        ProducerRecord<byte[], byte[]> garbage = new ProducerRecord<>(
                Sluice.topicName(Topic.MESSAGES), key.getBytes(UTF_8), new byte[] {0, (byte) 0xFF, '{'});
        garbage.headers().add("x-origin", "a machine".getBytes(UTF_8));

        // When
        RecordMetadata written = Sluice.send(garbage);

        // Then
        JsonNode listed = awaitListed(
                "state=open&reason=undecodable",
                item -> item.at("/origin/partition").intValue() == written.partition()
                        && item.at("/origin/offset").longValue() == written.offset());
        String id = listed.get("id").textValue();
        JsonNode letter = read(id);
        assertThat(letter.at("/record/value/base64").textValue()).isEqualTo("AP97");
        assertThat(letter.at("/record/key/text").textValue()).isEqualTo(key);
        assertThat(letter.at("/record/headers/0/value/text").textValue()).isEqualTo("a machine");

        // When
        Answer redriven = client.send("POST", LETTERS + "/" + id + "/redrive?as=new");
        Answer resolved = client.send("POST", LETTERS + "/" + id + "/resolve");

        // Then
        assertThat(redriven.status()).isEqualTo(409);
        assertThat(redriven.json().get("detail").textValue()).contains("the value is not JSON");
        assertThat(resolved.status()).isEqualTo(200);
        assertThat(read(id).get("state").textValue()).isEqualTo("resolved");
        assertThat(read(id).at("/actions/0/action").textValue()).isEqualTo("resolve");
    }

    @Test
    void ofTwoEventsUnderOneIdTheSecondIsStoredAsANewOne() throws Exception {
        // Given
        UUID event = UUID.randomUUID();
        client.post("{\"id\":\"%s\",\"key\":\"%s\",\"payload\":\"first\"}".formatted(event, key));
        client.read(event.toString());
        Sluice.send(EventCodec.encode(
                Events.with().id(event).key(key).payload("{ \"second\": 2.0 }").build(),
                Sluice.topicName(Topic.MESSAGES)));
        String id = awaitListed("state=open&reason=idempotency-conflict&key=" + key, item -> true)
                .get("id")
                .textValue();

        // When
        Answer asItIs = client.send("POST", LETTERS + "/" + id + "/redrive");
        Answer asNew = client.send("POST", LETTERS + "/" + id + "/redrive?as=new");
        Answer again = client.send("POST", LETTERS + "/" + id + "/redrive?as=new");

        // Then
        assertThat(asItIs.status()).isEqualTo(409);
        assertThat(asNew.status()).isEqualTo(202);
        assertThat(again.status()).isIn(202, 409);
        String eventId = asNew.json().get("eventId").textValue();
        assertThat(client.read(eventId).payload()).asString().isEqualTo("{ \"second\": 2.0 }");
        assertThat(client.read(event.toString()).payload()).asString().isEqualTo("\"first\"");
        awaitState(id, "resolved");
        assertThat(read(id).get("attempts").intValue()).isEqualTo(1);
        assertThat(client.get("/api/v1/messages?key=" + key).json().get("items"))
                .hasSize(2);
    }

    @Test
    void whatTheDatabaseRejectsFailsAgainUntilItIsMended() {
        // Given
        table.execute("alter table messages add constraint no_poison check (key is distinct from '%s') not valid"
                .formatted(key));
        String event = client.post("{\"key\":\"%s\",\"payload\":\"poison\"}".formatted(key))
                .id();
        String id = awaitListed("state=open&reason=rejected-by-database&key=" + key, item -> true)
                .get("id")
                .textValue();

        // When
        Answer inVain = client.send("POST", LETTERS + "/" + id + "/redrive");

        // Then
        assertThat(inVain.status()).isEqualTo(202);
        await().until(() -> read(id).get("attempts").intValue() == 2
                && read(id).get("state").textValue().equals("open"));
        assertThat(read(id).get("failures")).hasSize(2);

        // When
        table.execute("alter table messages drop constraint no_poison");
        Answer mended = client.send("POST", LETTERS + "/redrive?reason=rejected-by-database&key=" + key);

        // Then
        assertThat(mended.json().get("redriven").intValue()).isEqualTo(1);
        assertThat(client.read(event).payload()).asString().isEqualTo("\"poison\"");
        awaitState(id, "resolved");
        assertThat(read(id).get("actions"))
                .hasSize(2)
                .allMatch(action -> action.get("outcome").textValue().equals("sent"));
        assertThat(client.send("POST", LETTERS + "/" + id + "/redrive").status())
                .isEqualTo(409);
    }

    @Test
    void whatWasRedrivenAsNewAndIsRejectedIsSentAgainAsThatNewEvent() throws Exception {
        // Given
        UUID event = UUID.randomUUID();
        client.post("{\"id\":\"%s\",\"key\":\"%s\",\"payload\":\"first\"}".formatted(event, key));
        client.read(event.toString());
        Sluice.send(EventCodec.encode(
                Events.with().id(event).key(key).payload("\"second\"").build(), Sluice.topicName(Topic.MESSAGES)));
        String id = awaitListed("state=open&reason=idempotency-conflict&key=" + key, item -> true)
                .get("id")
                .textValue();
        String newId = EventId.ofRedriven(UUID.fromString(id)).toString();
        table.execute("alter table messages add constraint no_new check (id <> '%s') not valid".formatted(newId));

        // When
        client.send("POST", LETTERS + "/" + id + "/redrive?as=new");
        await().until(() -> read(id).get("attempts").intValue() == 2);
        JsonNode rejected = read(id);
        table.execute("alter table messages drop constraint no_new");
        Answer mended = client.send("POST", LETTERS + "/redrive?reason=rejected-by-database&key=" + key);

        // Then
        assertThat(rejected.get("reason").textValue()).isEqualTo("rejected-by-database");
        assertThat(mended.json().get("redriven").intValue()).isEqualTo(1);
        awaitState(id, "resolved");
        assertThat(read(id).get("attempts").intValue()).isEqualTo(2);
        assertThat(client.read(newId).payload()).asString().isEqualTo("\"second\"");
        assertThat(client.read(event.toString()).payload()).asString().isEqualTo("\"first\"");
        assertThat(rejected.at("/failures/0/eventId").textValue()).isEqualTo(event.toString());
        assertThat(rejected.at("/failures/1/eventId").textValue()).isEqualTo(newId);
    }

    private JsonNode awaitListed(String filter, Predicate<JsonNode> wanted) {
        return await().until(
                        () -> {
                            for (JsonNode item : client.get(LETTERS + "?limit=500&" + filter)
                                    .json()
                                    .get("items")) {
                                if (wanted.test(item)) {
                                    return item;
                                }
                            }
                            return null;
                        },
                        item -> item != null);
    }

    private void awaitState(String id, String state) {
        await().until(() -> read(id).get("state").textValue().equals(state));
    }

    private JsonNode read(String id) {
        return client.get(LETTERS + "/" + id).json();
    }
}
