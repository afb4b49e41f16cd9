package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A terminal with one command in it. Closing it ends the command and all that this has started, and so does the end of
 * this JVM, however that comes.
 */
final class Terminal implements AutoCloseable {

    /** Time after which a silent command is given up; a build compiles hundreds of files between two lines. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

    private static final String ENDED = "The command has ended with exit code ";

    /** Standard input ends with the JVM. Job control gives the command a group of its own, which gets the signals. */
    private static final String SCRIPT =
            """
            set -m
            { bash -c "$1"; echo "%s$?"; } < /dev/null &
            group=$!
            cat > /dev/null
            kill -TERM -- "-$group"
            tries=300
            while kill -0 -- "-$group" && [ $((tries -= 1)) -gt 0 ]; do sleep 0.1; done
            kill -KILL -- "-$group"
            true
            """
                    .formatted(ENDED);

    private final Process process;
    private final Path output;

    private Terminal(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Types lines for a shell. */
    static Terminal open(Path folder, Map<String, String> environment, String lines) {
        try {
            Path output = Files.createTempFile(folder, "terminal", ".log");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", SCRIPT, "terminal", lines)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new Terminal(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the command has written this, as long as it goes on writing, and returns all that it has written. */
    String awaitOutput(String text) {
        while (!output().contains(text) && !output().contains(ENDED)) {
            awaitMoreThan(output());
        }
        assertThat(output()).contains(text);
        return output();
    }

    private void awaitMoreThan(String written) {
        try {
            await().atMost(LONGEST_SILENCE).until(() -> output().length() > written.length());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("nothing more within " + LONGEST_SILENCE + " than\n" + written, e);
        }
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes that the command has started, and those that these have started. */
    List<ProcessHandle> processes() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
