package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTablesTest {

    static List<Golden.Row> idempotencyKeys() {
        return Golden.table("ids-of-idempotency-keys.txt");
    }

    @ParameterizedTest
    @MethodSource("idempotencyKeys")
    void anIdempotencyKeyMeansTheGoldenId(Golden.Row row) {
        assertThat(HexFormat.of().formatHex(LengthPrefixed.join(row.text(0), row.text(1))))
                .as(Golden.CHANGED)
                .isEqualTo(row.text(2));
        assertThat(EventId.ofIdempotencyKey(row.text(0), row.text(1)))
                .as(Golden.CHANGED)
                .hasToString(row.text(3));
    }

    static List<Golden.Row> deadLetters() {
        return Golden.table("ids-of-dead-letters.txt");
    }

    @ParameterizedTest
    @MethodSource("deadLetters")
    void aDeadLetterHasTheGoldenId(Golden.Row row) {
        UUID id = EventId.ofDeadLetter(
                UUID.fromString(row.text(0)), Integer.parseInt(row.text(1)), Long.parseLong(row.text(2)));

        assertThat(id).as(Golden.CHANGED).hasToString(row.text(4));
    }

    static List<Golden.Row> fingerprints() {
        return Golden.table("fingerprints.txt");
    }

    @ParameterizedTest
    @MethodSource("fingerprints")
    void anEventHasTheGoldenFingerprint(Golden.Row row) {
        assertThat(HexFormat.of().formatHex(LengthPrefixed.join(row.text(0), row.text(1), row.text(2), row.text(3))))
                .as(Golden.CHANGED)
                .isEqualTo(row.text(5));
        assertThat(Fingerprint.of(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4).getBytes(UTF_8)))
                .as(Golden.CHANGED)
                .hasToString(row.text(6));
    }

    @Test
    void noTwoGoldenRowsMeanTheSame() {
        assertThat(idempotencyKeys()).extracting(row -> row.text(3)).doesNotHaveDuplicates();
        assertThat(deadLetters()).extracting(row -> row.text(4)).doesNotHaveDuplicates();
        assertThat(fingerprints()).extracting(row -> row.text(6)).doesNotHaveDuplicates();
    }
}
