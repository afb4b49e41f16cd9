package io.sluice.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs Sluice on this machine until it is told to stop; what {@code ./run} starts. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Keeps data, logs and state in the folder {@code .sluice} of the one it is started in.
     *
     * <p>Ends with exit code 1 if Sluice could not be started, and 2 if the arguments are wrong.
     *
     * @param arguments {@code [dependencies] [--port N] [--fresh]}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments);
            Installation installation = Installation.ofThisBuild();
            PlatformSettings settings = new PlatformSettings(
                    installation.project(), Path.of(".sluice"), options.extent(), options.ports(), Map.of());
            return new Run(settings, options.fresh(), new Console(System.out, System.err)).untilStopped();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }
}
