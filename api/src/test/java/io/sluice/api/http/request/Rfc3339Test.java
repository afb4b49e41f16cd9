package io.sluice.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05+23:59, 2026-01-01T03:05:05Z",
        "0000-01-01T00:00:00+23:59, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59, 9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void eachInstantCanBeWrittenAgain(String text, Instant expected) {
        assertThat(Rfc3339.parse(text)).contains(expected);
        assertThat(Rfc3339.parse(expected.toString())).contains(expected);
    }
}
