package io.sluice.settings;

import java.util.Optional;

/** Token by which the worker knows the api. */
public final class WorkerTokenSettings {

    static final String EXPECTATION =
            "a token of 32 to 1000 printable characters of ASCII without blanks, as openssl rand -base64 32 makes it";

    private final Optional<String> token;

    /** Reads it, from its file if it is in one. */
    public WorkerTokenSettings(Environment environment) {
        Optional<String> file = environment.optional(Setting.WORKER_TOKEN_FILE);
        Optional<String> text = environment.optional(Setting.WORKER_TOKEN);
        if (environment.sets(Setting.WORKER_TOKEN) && environment.sets(Setting.WORKER_TOKEN_FILE)) {
            environment.conflict("WORKER_TOKEN and WORKER_TOKEN_FILE must not both be set; leave one of them out");
        }
        // Text of a setting that is wrong is its default, which is none.
        token = file.map(WorkerTokenSettings::read).or(() -> text);
    }

    /** The token, as it was at the start; empty if there is none. */
    public Optional<String> token() {
        return token;
    }

    /**
     * Token in a file; line breaks at its end do not count.
     *
     * @throws IllegalArgumentException if there is none, or it cannot be read; the message quotes nothing of it
     */
    static String read(String path) {
        String text = new MountedFile(path).text().replaceFirst("\\R+$", "");
        check(text);
        return text;
    }

    /**
     * Returns if the text is a token.
     *
     * @throws IllegalArgumentException if not; the message quotes nothing of it
     */
    static void check(String text) {
        if (!text.matches("[!-~]*")) {
            throw new IllegalArgumentException("it has other characters");
        }
        if (!text.matches(".{32,1000}")) {
            throw new IllegalArgumentException("it has %d characters".formatted(text.length()));
        }
    }
}
