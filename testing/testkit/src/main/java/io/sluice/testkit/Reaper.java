package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * A shell that stops the servers and deletes their folder once this JVM has ended, however it ended. A shutdown hook
 * does not run when the JVM is killed, and its class loader may be closed by then.
 */
final class Reaper {

    /** The input ends when the JVM does. The data is not needed any more, so an orderly shutdown is not awaited. */
    private static final String SCRIPT =
            """
            trap '' HUP INT TERM
            cat > /dev/null
            kill -KILL "$2"
            kill -INT "$3"
            tries=100
            while kill -0 "$3" && [ $((tries -= 1)) -gt 0 ]; do sleep 0.1; done
            rm -rf "$1"
            """;

    private Reaper() {}

    static void await(Servers servers) {
        try {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            SCRIPT,
                            "sluice-test-reaper",
                            servers.folder().toString(),
                            Long.toString(servers.kafka().process().pid()),
                            Long.toString(servers.postgres().process().pid()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
