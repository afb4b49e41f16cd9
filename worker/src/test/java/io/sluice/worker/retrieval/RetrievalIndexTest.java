package io.sluice.worker.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalIndexTest {

    @ParameterizedTest(name = "after {0} ms: {1} ms")
    @CsvSource({"0, 1000", "50, 1000", "200, 4000", "500, 10000", "12000, 10000"})
    void theLongerALookTakesTheLongerIsThePauseUpToTenSeconds(long look, long pause) {
        assertThat(RetrievalIndex.pause(Duration.ofMillis(look).toNanos()))
                .isEqualTo(Duration.ofMillis(pause).toNanos());
    }
}
