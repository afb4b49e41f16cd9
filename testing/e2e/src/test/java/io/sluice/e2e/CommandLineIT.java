package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged programs tell of themselves: without a server, and whatever the settings are. */
class CommandLineIT {

    private static final Map<String, String> WRONG = Map.of("APP_ENV", "nowhere");

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker", "init-job"})
    void helpIsAnsweredAndNothingIsStarted(String program) {
        try (ProgramRun run = ProgramRun.start(program, WRONG, "--help")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains(
                            "Its settings are environment variables; docs/guides/configuration.md lists them.",
                            "Usage: " + program + " [");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker"})
    void theVersionIsThatOfTheProject(String program) {
        try (ProgramRun run = ProgramRun.start(program, WRONG, "--version")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).matches(program + " \\d+\\.\\d+\\.\\d+\\S*\\R");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker", "init-job"})
    void whatIsNoOptionIsRefused(String program) {
        try (ProgramRun run = ProgramRun.start(program, Map.of(), "--prot=8080")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("'--prot=8080' is ").contains("\nUsage: " + program + " [");
        }
    }
}
