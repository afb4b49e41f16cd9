package io.sluice.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's commands, as this user may run them. */
record PostgresTools(Path home, List<String> prefix) {
    /** PostgreSQL refuses to run as root; in its own user namespace root is another user, and still owns its files. */
    private static final List<String> UNSHARE = List.of("unshare", "--user");

    static PostgresTools in(Path home) {
        return new PostgresTools(home, new UnixSystem().getUid() == 0 ? unshare() : List.of());
    }

    /** A process with no setting inherited that PostgreSQL would take as its own. */
    ProcessBuilder command(String tool, List<String> arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(home.resolve("bin").resolve(tool).toString());
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    private static List<String> unshare() {
        List<String> attempt = new ArrayList<>(UNSHARE);
        attempt.add("true");
        try {
            Process process = new ProcessBuilder(attempt)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return UNSHARE;
            }
        } catch (IOException missing) {
            throw refused(missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
        throw refused(null);
    }

    private static StartFailure refused(@Nullable Throwable cause) {
        return new StartFailure(
                "PostgreSQL refuses to run as root, and a user namespace (unshare --user) is not allowed here: "
                        + "start it as another user.",
                cause);
    }
}
