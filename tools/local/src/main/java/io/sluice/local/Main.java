package io.sluice.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs Sluice on this machine until the process is stopped; started by {@code ./run}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Keeps data, logs and state in the folder {@code .sluice} of the working folder.
     *
     * <p>Ends with exit code 1 if Sluice could not be started or a token could not be signed, and 2 if the arguments
     * are wrong.
     *
     * @param arguments {@code [dependencies] [--port N] [--fresh]}, or {@code token [--user NAME] [--scopes S,S]}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            if (!arguments.isEmpty() && arguments.get(0).equals("token")) {
                return token(arguments);
            }
            Options options = Options.parse(arguments);
            Installation installation = Installation.ofThisBuild();
            RunMode mode = options.mode() == RunMode.PLATFORM
                    ? RunMode.of(System.getenv().getOrDefault("FEATURES", ""))
                    : options.mode();
            PlatformSettings settings =
                    new PlatformSettings(installation.project(), Path.of(".sluice"), mode, options.ports(), Map.of());
            return new Run(settings, options.fresh(), new Console(System.out, System.err)).untilStopped();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }

    private static int token(List<String> arguments) {
        Token token = Token.parse(arguments.subList(1, arguments.size()));
        try {
            System.out.println(token.sign(System.getenv(), Clock.systemUTC()));
            return 0;
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }
}
