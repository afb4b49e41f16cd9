package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EventTest {

    private static final Event EVENT =
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", "subject", 5, "caller", "[]");

    static final List<Event> OTHERS = List.of(
            event("019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c17", "type", "key", "subject", 5, "caller", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "other", "key", "subject", 5, "caller", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", null, "subject", 5, "caller", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", null, 5, "caller", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", "subject", 6, "caller", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", "subject", 5, "other", "[]"),
            event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", "subject", 5, "caller", "{}"),
            new Event(EVENT.id(), "type", "key", "subject", EVENT.time(), "caller", "trace", EVENT.payload()),
            new Event(EVENT.id(), "type", "key", "subject", EVENT.time(), "caller", "owner", null, EVENT.payload()));

    @ParameterizedTest
    @FieldSource("OTHERS")
    void eventsThatDifferInAnyPartAreNotEqual(Event other) {
        assertThat(other).isNotEqualTo(EVENT);
    }

    @Test
    void eventsOfTheSamePartsAreEqual() {
        Event same = event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "key", "subject", 5, "caller", "[]");

        assertThat(same).isEqualTo(EVENT).hasSameHashCodeAs(EVENT);
    }

    @Test
    void itsTimeIsCutToMilliseconds() {
        Event event = new Event(
                EVENT.id(),
                "type",
                null,
                null,
                Instant.parse("2026-01-02T03:04:05.678999Z"),
                "caller",
                null,
                EVENT.payload());

        assertThat(event.time()).isEqualTo("2026-01-02T03:04:05.678Z");
    }

    @Test
    void itIsOfAFeatureWhereTheOutboxHasSentIt() {
        assertThat(event(
                                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                                "task.created",
                                "key",
                                null,
                                5,
                                "urn:sluice:outbox",
                                "1")
                        .isOfFeature())
                .isTrue();
        assertThat(event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "task.created", "key", null, 5, "/outbox", "1")
                        .isOfFeature())
                .isFalse();
    }

    @Test
    void itCanStandInALogLine() {
        assertThat(event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "type", "s3cret", "s3cret", 5, "s3cret", "\"s3cret\""))
                .hasToString("Event[id=0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11, type=type, payload=8 bytes]");
    }

    private static Event event(
            String id, String type, String key, String subject, long millis, String caller, String payload) {
        return new Event(
                UUID.fromString(id),
                type,
                key,
                subject,
                Instant.ofEpochMilli(millis),
                caller,
                null,
                payload.getBytes(UTF_8));
    }
}
