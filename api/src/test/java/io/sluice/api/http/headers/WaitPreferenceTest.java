package io.sluice.api.http.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5 | 5",
                "WAIT = \"7\" | 7",
                "respond-async, wait=10 | 10",
                "wait=0 | 0",
                "wait=3; x=y | 3",
                "wait=999 | 30",
                "wait=99999999999999999999 | 30"
            })
    void secondsUpToThirty(String header, long seconds) {
        assertThat(WaitPreference.of(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void mayStandInTheSecondOfTwoHeaders() {
        assertThat(WaitPreference.of(List.of("respond-async", "wait=5"))).contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "respond-async", "waiting=5", "wait-for=5", "return=minimal"})
    void otherPreferencesArePassedOver(String header) {
        assertThat(WaitPreference.of(List.of(header))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=", "wait=five", "wait=-1", "wait=1.5", "wait=\"5", "wait=5s"})
    void anythingButWholeSecondsIsPassedOver(String header) {
        assertThat(WaitPreference.of(List.of(header))).isEmpty();
    }
}
