package io.sluice.runtime.start;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a program that runs until it is told to stop, and has no options but to say what it is.
 *
 * @param program the program's name
 * @param purpose what it does, a sentence
 * @param version its version; {@code null} where it is not packaged
 */
public record CommandLine(String program, String purpose, @Nullable String version) {

    /**
     * Text that is to be printed instead of running the program, with its line's end.
     *
     * @return nothing if the program is to run
     * @throws IllegalArgumentException if an argument is unknown, with a message for people
     */
    public Optional<String> answer(String... arguments) {
        Optional<String> answer = Optional.empty();
        for (String argument : arguments) {
            answer = Optional.of(
                    switch (argument) {
                        case "--help" -> usage();
                        case "--version" -> "%s %s%n".formatted(program, version == null ? "development" : version);
                        default -> throw new IllegalArgumentException("'" + argument + "' is no option\n\n" + usage());
                    });
        }
        return answer;
    }

    private String usage() {
        return """
                %s
                Its settings are environment variables; docs/guides/configuration.md lists them.

                Usage: %s [--help | --version]

                  --help      this text
                  --version   the program's version

                Exit codes:
                  2    an argument or a setting is wrong
                  143  it was told to stop, and did
                """
                .formatted(purpose, program);
    }
}
