package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenRecordsTest {

    private static final Map<String, Event> EVENTS = Map.of(
            "event-full.txt",
            new Event(
                    UUID.fromString("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11"),
                    "order.placed",
                    "order-4711",
                    "orders/4711",
                    Instant.parse("2026-01-02T03:04:05.678Z"),
                    "https://id.example.com/alice",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "{\"order\":4711,\"total\":99.90}".getBytes(UTF_8)),
            "event-minimal.txt",
            new Event(
                    UUID.fromString("019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c17"),
                    Event.DEFAULT_TYPE,
                    null,
                    null,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Event.ANONYMOUS,
                    null,
                    "null".getBytes(UTF_8)),
            "event-of-feature.txt",
            new Event(
                    UUID.fromString("019b7d2c-8f01-7d21-8c44-5b1e9f3a7d20"),
                    "task.completed",
                    "019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c19",
                    null,
                    Instant.parse("2026-01-02T03:04:05.700Z"),
                    Event.OUTBOX,
                    "https://id.example.com/alice",
                    null,
                    "{\"taskId\":\"019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c19\",\"version\":3,\"status\":\"completed\"}"
                            .getBytes(UTF_8)),
            "event-unicode.txt",
            new Event(
                    EventId.ofIdempotencyKey("https://id.example.com/Zoë", "東京-1"),
                    "bestellung.geändert",
                    "Zoë 東京 🚀",
                    "заказ/№1",
                    Instant.parse("2026-12-31T23:59:59.050Z"),
                    "https://id.example.com/Zoë",
                    null,
                    "\"Grüße 🚀\"".getBytes(UTF_8)),
            "event-awkward-payload.txt",
            new Event(
                    UUID.fromString("019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c18"),
                    Event.DEFAULT_TYPE,
                    null,
                    "awkward",
                    Instant.parse("2026-01-02T03:04:05.600Z"),
                    Event.ANONYMOUS,
                    null,
                    " \n\t{\"nul\":\"\\u0000\",\"half\":\"\\ud800\",\"big\":1e200000,\"twice\":1,\"twice\":2.0}\r\n "
                            .getBytes(UTF_8)));

    static List<String> recordFiles() {
        return Golden.fileNames().stream()
                .filter(name -> name.startsWith("event-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordFiles")
    void encodeWritesTheGoldenRecord(String file) {
        assertThat(Golden.print(EventCodec.encode(EVENTS.get(file), "messages")))
                .as(Golden.CHANGED)
                .isEqualTo(Golden.read(file));
    }

    @ParameterizedTest
    @MethodSource("recordFiles")
    void decodeReadsTheGoldenRecord(String file) throws Exception {
        assertThat(EventCodec.decode(Golden.record(file))).as(Golden.CHANGED).isEqualTo(EVENTS.get(file));
    }

    @Test
    void eachEventHasItsFile() {
        assertThat(recordFiles()).containsExactlyInAnyOrderElementsOf(EVENTS.keySet());
    }

    @Test
    void aRecordIsForItsTopicAndLeavesPartitionAndTimestampToTheProducer() {
        var record = EventCodec.encode(EVENTS.get("event-full.txt"), "eu.messages");

        assertThat(record.topic()).isEqualTo("eu.messages");
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
    }
}
