package io.sluice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A program of this machine, as kubectl. */
final class Command {

    private Command() {}

    /** The exit code of one, and all that it has printed. */
    record Ended(int exitCode, String output) {}

    /** Runs it and gives what it prints; fails where it fails. */
    static String run(List<String> command) {
        Ended ended = attempt(command);
        assertThat(ended.exitCode())
                .as("%s: %s", String.join(" ", command), ended.output())
                .isZero();
        return ended.output();
    }

    /** Runs it, whatever comes of it. */
    static Ended attempt(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
