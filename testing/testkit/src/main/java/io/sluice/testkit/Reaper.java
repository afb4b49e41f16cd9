package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * A shell that ends the servers and deletes their folder when this JVM has ended, in whatever way. A shutdown hook would not
 * do: it does not run when the JVM is killed, and by then its class loader may be closed.
 */
final class Reaper {

    /** Its input ends when the JVM does. Their data is of no use any more, so nobody has to wait for an orderly end. */
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
