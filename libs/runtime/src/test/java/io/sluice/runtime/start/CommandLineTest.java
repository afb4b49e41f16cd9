package io.sluice.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final CommandLine commandLine = new CommandLine("api", "Takes events.", "1.2.3");

    @Test
    void withoutArgumentsTheProgramRuns() {
        assertThat(commandLine.answer()).isEmpty();
    }

    @Test
    void helpSaysWhatItDoesAndWhereSettingsAreListed() {
        assertThat(commandLine.answer("--help")).hasValueSatisfying(help -> assertThat(help)
                .startsWith("Takes events.\n")
                .contains(
                        "environment variables; docs/guides/configuration.md lists them",
                        "\nUsage: api [--help | --version]\n")
                .endsWith("\n"));
    }

    @Test
    void versionIsALine() {
        assertThat(commandLine.answer("--version")).contains("api 1.2.3" + System.lineSeparator());
        assertThat(new CommandLine("api", "Takes events.", null).answer("--version"))
                .contains("api development" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-h", "--help=x", "--HELP", "--port", "8080", "help"})
    void anythingElseIsNamedWithWhatThereIs(String argument) {
        assertThatThrownBy(() -> commandLine.answer("--help", argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + argument + "' is no option\n\nTakes events.\n");
    }
}
