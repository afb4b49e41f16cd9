package io.sluice.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param mode of the run
 * @param port of the api, {@code null} by default, and 0 for a free one
 * @param fresh whether data is deleted first
 */
record Options(RunMode mode, @Nullable Integer port, boolean fresh) {
    private static final int DEFAULT_PORT = 8080;
    private static final int ANY_PORT = 0;
    private static final int HIGHEST_PORT = 65_530;

    /**
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    static Options parse(List<String> arguments) {
        Options options = new Options(RunMode.PLATFORM, null, false);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "dependencies" -> new Options(RunMode.DEPENDENCIES, options.port, options.fresh);
                case "--fresh" -> new Options(options.mode, options.port, true);
                case "--port" -> new Options(options.mode, port(rest.poll()), options.fresh);
                default -> throw new IllegalArgumentException("Unknown: " + word);
            };
        }
        return options;
    }

    Ports ports() {
        if (port != null && port == ANY_PORT) {
            return Ports.free();
        }
        return switch (mode) {
            case PLATFORM, WITHOUT_MESSAGES -> Ports.from(port == null ? DEFAULT_PORT : port);
            case DEPENDENCIES -> port == null ? Ports.DEVELOPMENT : Ports.ofDependencies(port);
        };
    }

    private static int port(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port takes a number from 0 to " + HIGHEST_PORT + ".");
        }
        return Integer.parseInt(text);
    }
}
