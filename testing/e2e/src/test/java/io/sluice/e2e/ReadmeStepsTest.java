package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.ReadmeSteps.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeStepsTest {

    @TempDir
    Path folder;

    @Test
    void runsTheStepsInOneShellUntilOneFails() throws Exception {
        // Given
        ReadmeSteps steps = steps(
                """
                # Steps

                ```sh
                NAME=world
                printf 'no line'
                ```

                ```sh
                echo "hello $NAME"
                ```
                ```
                hello world
                ```

                ```yaml
                a: b
                ```

                ```sh
                false
                echo behind
                ```

                ```sh
                echo never
                ```
                """);

        // When
        List<Ran> ran = steps.run();

        // Then
        assertThat(ran).extracting(Ran::printed).startsWith("no line", "hello world\n", "");
        assertThat(ran).extracting(Ran::succeeded).containsExactly(true, true, false, false);
        assertThat(ran)
                .extracting(step -> step.step().output())
                .startsWith(Optional.empty(), Optional.of("hello world\n"), Optional.empty());
    }

    private ReadmeSteps steps(String text) throws IOException {
        return ReadmeSteps.of(Files.writeString(folder.resolve("README.md"), text));
    }
}
