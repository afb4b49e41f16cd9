package io.sluice.local;

import java.nio.file.Path;
import java.util.Map;

/** A run as Main's, with the stand-ins for programs. */
final class StandInRun {
    private StandInRun() {}

    public static void main(String[] arguments) {
        PlatformSettings settings = new PlatformSettings(
                Path.of(arguments[0]), Path.of(arguments[0], ".sluice"), RunMode.PLATFORM, Ports.free(), Map.of());
        System.exit(new Run(settings, false, new Console(System.out, System.err)).untilStopped());
    }
}
