package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The request to erase and the statements of docs/guides/erasure.md leave nothing of an event, and it does not come back while Kafka has it. */
class ErasureIT {

    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    private final Client client = Sluice.client();
    private final Table table = new Table();
    private final UUID id = UUID.randomUUID();
    private final String key = "alice-" + id;

    /** A way to erase. */
    private interface Erasure {
        void run() throws Exception;
    }

    @Test
    void whatIsErasedByItsKeyIsGoneAndDoesNotComeBack() throws Exception {
        isGoneAndDoesNotComeBack(() -> {
            Client.Answer answer = client.send("DELETE", "/api/v1/messages?key=" + key);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().get("complete").booleanValue()).isTrue();
        });
    }

    @Test
    @Tag("matrix")
    void whatIsErasedByHandIsGoneAndDoesNotComeBack() throws Exception {
        isGoneAndDoesNotComeBack(this::eraseByHand);
    }

    private void isGoneAndDoesNotComeBack(Erasure erasure) throws Exception {
        // Given
        String body = "{\"id\":\"%s\",\"key\":\"%s\",\"subject\":\"%2$s\",\"payload\":\"%2$s\"}".formatted(id, key);
        assertThat(client.post(body).status()).isEqualTo(202);
        assertThat(client.read(id.toString()).status()).isEqualTo(200);
        ConsumerRecord<byte[], byte[]> record = record();
        Sluice.send(EventCodec.encode(
                Events.with().id(id).key(key).payload("\"" + key + "\"").build(), Sluice.topicName(Topic.MESSAGES)));
        await().until(() -> !letters().isEmpty());
        assertThat(tables()).contains(key).contains(hex());

        // When
        erasure.run();
        erasure.run();

        // Then
        assertThat(tables()).doesNotContain(key).doesNotContain(hex());
        assertThat(client.get("/api/v1/messages/" + id).status()).isEqualTo(410);
        assertThat(letters()).isEmpty();

        // When: a client sends it again, and a consumer reads it again
        assertThat(client.post(body).status()).isEqualTo(202);
        Sluice.send(new ProducerRecord<>(
                record.topic(), record.partition(), record.key(), record.value(), record.headers()));

        // Then
        String next =
                client.post("{\"key\":\"%s\",\"payload\":1}".formatted(key)).id();
        assertThat(client.read(next).status()).isEqualTo(200);
        assertThat(table.withId(id))
                .singleElement()
                .satisfies(row -> assertThat(row.payload()).asString(UTF_8).isEqualTo("null"));
        assertThat(letters()).isEmpty();
    }

    private void eraseByHand() throws Exception {
        String guide = Files.readString(Path.of("../..", "docs", "guides", "erasure.md"));
        String statements = SQL.matcher(guide)
                .results()
                .map((MatchResult block) -> block.group(1))
                .findFirst()
                .orElseThrow();
        table.execute(statements.replace(":'id'", "'" + id + "'").strip().split(";\n"));
    }

    private ConsumerRecord<byte[], byte[]> record() {
        String kafka = Sluice.platform().kafka().bootstrapServers();
        return new Records(kafka, Sluice.topicName(Topic.MESSAGES))
                .awaitFirst(record -> DeadLetters.header(record, "ce_id").equals(id.toString()));
    }

    private JsonNode letters() {
        return client.get("/api/v1/dead-letters?key=" + key).json().get("items");
    }

    /** As text, in which bytes are hexadecimal. */
    private String tables() {
        return table.dump("messages") + table.dump("dead_letters") + table.dump("dead_letter_attempts");
    }

    private String hex() {
        return HexFormat.of().formatHex(key.getBytes(UTF_8));
    }
}
