package io.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void areRead() {
        assertThat(Options.parse(List.of("--rate", "1000", "--minutes", "90", "--seed", "0")))
                .isEqualTo(new Options(90, 0, 1_000));
    }

    @Test
    void haveDefaultsAndASeedByChance() {
        assertThat(Options.parse(List.of())).satisfies(options -> {
            assertThat(options.minutes()).isEqualTo(Options.DEFAULT_MINUTES);
            assertThat(options.rate()).isEqualTo(Options.DEFAULT_RATE);
            assertThat(options.seed()).isNotNegative();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes 0,       --minutes takes a whole number from 1 to 1440.",
        "--minutes 1441,    --minutes takes a whole number from 1 to 1440.",
        "--minutes 1.5,     --minutes takes a whole number from 1 to 1440.",
        "--minutes,         --minutes takes a whole number from 1 to 1440.",
        "--seed -1,         --seed takes a whole number from 0 to 2147483647.",
        "--seed 2147483648, --seed takes a whole number from 0 to 2147483647.",
        "--rate 0,          --rate takes a whole number from 1 to 1000.",
        "--rate 1001,       --rate takes a whole number from 1 to 1000.",
        "--fast,            Unknown: --fast. See ./run --help.",
    })
    void thatAreWrongAreNamedWithTheirRemedy(String line, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
