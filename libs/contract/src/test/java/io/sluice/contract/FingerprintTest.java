package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(UTF_8);

    @Test
    void anAbsentTextIsNotAnEmptyOne() {
        Fingerprint absent = Fingerprint.of("anonymous", "message", null, null, PAYLOAD);

        assertThat(Fingerprint.of("anonymous", "message", "", null, PAYLOAD)).isNotEqualTo(absent);
        assertThat(Fingerprint.of("anonymous", "message", null, "", PAYLOAD)).isNotEqualTo(absent);
    }

    @Test
    void neitherIdNorTimeNorTraceMatter() {
        Event first = event("0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11", "2026-01-02T03:04:05Z", null);
        Event again = event(
                "019b7d2c-8f00-7c3a-9d51-2f6b8e0a4c17",
                "2027-01-02T03:04:05Z",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(again.fingerprint()).isEqualTo(first.fingerprint()).hasSameHashCodeAs(first.fingerprint());
    }

    private static Event event(String id, String time, String traceparent) {
        return new Event(
                UUID.fromString(id),
                "message",
                "key",
                "subject",
                Instant.parse(time),
                "anonymous",
                traceparent,
                PAYLOAD);
    }

    @Test
    void itIsTheSameWhenReadFromTheTable() {
        Fingerprint fingerprint = Fingerprint.of("anonymous", "message", "key", "subject", PAYLOAD);

        assertThat(Fingerprint.ofBytes(fingerprint.bytes())).isEqualTo(fingerprint);
        assertThat(fingerprint.bytes()).hasSize(32);
    }

    @Test
    void nobodyCanChangeItsBytes() {
        // Given
        Fingerprint fingerprint = Fingerprint.of("anonymous", "message", null, null, PAYLOAD);
        byte[] bytes = fingerprint.bytes();
        Fingerprint read = Fingerprint.ofBytes(bytes);

        // When
        Arrays.fill(bytes, (byte) 0);

        // Then
        assertThat(read).isEqualTo(fingerprint);
    }
}
