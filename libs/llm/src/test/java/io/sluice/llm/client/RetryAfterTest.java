package io.sluice.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "0 | PT0S",
                "1.5 | PT1.5S",
                "Sat, 28 Nov 2026 12:00:30 GMT | PT30S",
                "Sat, 28 Nov 2026 11:00:00 GMT | PT0S"
            })
    void secondsOrADate(String header, Duration after) {
        assertThat(RetryAfter.parse(header, CLOCK)).contains(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "999999999999"})
    void whatIsNeitherDoesNotCount(String header) {
        assertThat(RetryAfter.parse(header, CLOCK)).isEmpty();
    }
}
