package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.e2e.Client.Answer;
import io.sluice.e2e.ProgramLog.Line;
import io.sluice.testkit.Events;
import io.sluice.testkit.Suspension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Logs of the programs, as JSON and at every level, when all that can go wrong does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogsIT {

    /** In every payload that is posted here, and in nothing else. */
    private static final String MARK = "in-the-payload-" + UUID.randomUUID();

    private static final String TOPIC = Topic.MESSAGES.name("");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @TempDir
    static Path folder;

    private static Testbed testbed;
    private static Client client;
    private static Table table;
    private static ProgramLog api;
    private static ProgramLog consumer;

    @BeforeAll
    static void start() {
        testbed = new Testbed(folder, Map.of("LOG_FORMAT", "json", "LOG_LEVEL", "TRACE"));
        client = new Client(testbed.api().url());
        table = new Table(testbed.databaseUrl());
        api = new ProgramLog(testbed.api());
        consumer = new ProgramLog(testbed.consumer());
    }

    @AfterAll
    static void stop() {
        testbed.close();
    }

    @Test
    void aRefusedRequestIsToldAtDebug() {
        // Given
        String key = UUID.randomUUID().toString();
        String id = post("", "Idempotency-Key", key).id();
        client.read(id);

        // When
        Answer refused = post("\"type\":\"other\",", "Idempotency-Key", key, "traceparent", TRACEPARENT);

        // Then
        assertThat(refused.status()).isEqualTo(422);
        api.awaitWith("eventId", id, "request-refused")
                .hasLevel("DEBUG")
                .hasField("code", "idempotency-conflict")
                .hasField("traceId", TRACE);
    }

    @Test
    void aPauseIsToldWhenItBeginsAndWhenItEndsAndADeadLetterWithAllThatNamesIt() {
        // Given
        String id = UUID.randomUUID().toString();
        failInserts("true", "42501");
        post("\"id\":\"%s\",".formatted(id));
        consumer.awaitWith("reason", "42501 ERROR: as the test wants it", "intake-paused")
                .hasLevel("WARN")
                .hasField("dependency", "database");

        // When
        post("\"id\":\"%s\",\"key\":\"order-42\",".formatted(id), "traceparent", TRACEPARENT);
        mend();

        // Then
        consumer.await("intake-attempt-failed").hasLevel("DEBUG").hasFields("dependency", "attempt");
        consumer.await("intake-resumed").hasLevel("INFO").hasFields("dependency", "reason", "seconds");
        consumer.awaitWith("eventId", id, "record-dead-lettered")
                .hasLevel("WARN")
                .hasField("reason", "idempotency-conflict")
                .hasField("count", "1")
                .hasField("key", "order-42")
                .hasField("traceId", TRACE)
                .hasField("topic", "messages")
                .hasFields("deadLetterId", "partition", "offset", "detail");
    }

    @Test
    void aRecordThatIsNoEventIsToldWithoutItsKey() throws Exception {
        // When
        byte[] mark = MARK.getBytes(UTF_8);
        send(List.of(new ProducerRecord<>(TOPIC, mark, mark)));

        // Then
        Line line = consumer.awaitWith("reason", "undecodable", "record-dead-lettered")
                .hasLevel("WARN")
                .hasFields("deadLetterId", "partition", "offset", "detail");
        assertThat(line.json().get("mdc").has("key")).isFalse();
    }

    @Test
    void theSearchForAnEventThatTheDatabaseRefusesIsToldAtDebug() throws Exception {
        // Given
        Event poison = Events.with().type("poison").payload("\"" + MARK + "\"").build();
        failInserts("new.type = 'poison'", "23514");

        // When
        send(List.of(record(Events.any()), record(poison)));

        // Then
        consumer.awaitWith("sqlState", "23514", "events-refused")
                .hasLevel("DEBUG")
                .hasField("count", "2")
                .hasFields("topic", "partition", "offset");
        consumer.awaitWith("eventId", poison.id().toString(), "record-dead-lettered")
                .hasField("reason", "rejected-by-database");
        mend();
    }

    @Test
    void theApiTellsThatTheDatabaseIsAway() {
        // Given
        CompletableFuture<Answer> waiter = CompletableFuture.supplyAsync(
                () -> client.get("/api/v1/messages/" + UUID.randomUUID(), "Prefer", "wait=3"));
        await().until(() -> Exposition.of(testbed.api().metrics()).sum("sluice_api_waiters") == 1);

        // When
        testbed.postgres().stop();

        // Then
        assertThat(post("", "Idempotency-Key", "k").status()).isEqualTo(202);
        assertThat(client.get("/api/v1/messages").status()).isEqualTo(503);
        assertThat(waiter.join().status()).isEqualTo(503);
        api.await("conflict-checks-skipped").hasLevel("WARN").hasFields("reason");
        api.await("waiting-without-answers").hasLevel("WARN").hasFields("reason");
        api.await("read-failed").hasLevel("WARN").hasFields("reason", "count");
        testbed.postgres().start();
    }

    @Test
    void bothTellThatKafkaIsAway() {
        // Given
        try (Suspension silence = new Suspension(testbed.kafka().process())) {
            silence.begin();

            // When
            Answer answer = post("\"key\":\"order-42\",", "traceparent", TRACEPARENT);
            Line lagUnknown = consumer.await("lag-unknown");
            silence.end();

            // Then
            assertThat(answer.status()).isEqualTo(503);
            api.awaitWith("eventId", answer.id(), "outcome-unknown")
                    .hasLevel("WARN")
                    .hasField("key", "order-42")
                    .hasField("traceId", TRACE)
                    .hasField("count", "1")
                    .hasFields("reason");
            api.await("kafka-silent").hasLevel("WARN");
            api.await("kafka-silence-ended").hasLevel("INFO").hasFields("reason", "seconds");
            lagUnknown.hasLevel("WARN").hasFields("reason");
            consumer.await("lag-known").hasLevel("INFO");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everyLineIsAnObjectOfJsonAndNoneHasAnythingOfAPayload() throws IOException {
        String hexadecimal = HexFormat.of().formatHex(MARK.substring(0, 20).getBytes(UTF_8));
        for (ProgramLog log : List.of(api, consumer)) {
            for (String line : log.lines()) {
                assertThat(ProgramLog.parse(line).path("message").isTextual())
                        .as(line)
                        .isTrue();
                assertThat(line).doesNotContain(MARK, hexadecimal);
            }
        }
    }

    /** Posts an event whose payload has the mark. */
    private static Answer post(String members, String... headers) {
        return client.post("{%s\"payload\":\"%s\"}".formatted(members, MARK), headers);
    }

    /** Has inserts fail as they do with a constraint: PostgreSQL quotes the row in the detail of the error. */
    private static void failInserts(String condition, String state) {
        table.execute(
                """
                create or replace function fault() returns trigger language plpgsql as $$
                begin
                    if %s then
                        raise exception 'as the test wants it'
                            using errcode = '%s', detail = convert_from(new.payload, 'UTF8');
                    end if;
                    return new;
                end $$;
                create or replace trigger fault before insert on messages for each row execute function fault();
                """
                        .formatted(condition, state));
    }

    private static void mend() {
        table.execute("drop function fault cascade");
    }

    /** To one partition, whatever the keys, so that they are one batch for the consumer as well. */
    private static ProducerRecord<byte[], byte[]> record(Event event) {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, TOPIC);
        return new ProducerRecord<>(TOPIC, 0, record.key(), record.value(), record.headers());
    }

    /** Sends them in one request. */
    private static void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                testbed.kafka().bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                200);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }
}
