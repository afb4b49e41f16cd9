package io.sluice.initjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.initjob.Arguments.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void mayBeLeftOut() {
        assertThat(Arguments.parse(List.of()))
                .isEqualTo(new Arguments(Command.PROVISION, false, false, Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "2m, PT2M", "PT1M30S, PT1M30S", "0s, PT0S"})
    void saysHowLongToWait(String text, Duration wait) {
        assertThat(Arguments.parse(List.of("--dry-run", "--wait-at-most=" + text)))
                .isEqualTo(new Arguments(Command.PROVISION, false, true, wait));
    }

    @Test
    void nameACommandBesideTheOptions() {
        assertThat(Arguments.parse(List.of("retention", "--dry-run")))
                .isEqualTo(new Arguments(Command.RETENTION, false, true, Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--dryrun", "now", "--wait-at-most", "--wait-at-most=", "--wait-at-most=30", "--wait-at-most=-1s"
            })
    void areRefusedWhereTheyMakeNoSense(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> Arguments.parse(List.of(argument)));
    }

    @Test
    void areExplainedWithEveryExitCode() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(Arguments.usage()).contains(code.number() + "  " + code.meaning());
        }
    }
}
