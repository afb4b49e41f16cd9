package io.sluice.e2e;

import io.sluice.local.Platform;
import io.sluice.local.PlatformSettings;
import io.sluice.local.Ports;
import io.sluice.local.Progress;
import java.net.URI;
import java.nio.file.Path;

/** The platform as {@code ./run} starts it, once for all tests; it ends with the tests' process. */
final class Sluice {

    private static final Ports PORTS = Ports.free();
    private static final Platform PLATFORM = start();

    private Sluice() {}

    private static Platform start() {
        Path home = Path.of("target", "sluice-" + ProcessHandle.current().pid());
        Platform platform = Platform.start(PlatformSettings.ofThisBuild(home, PORTS), Progress.SILENT);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "sluice"));
        return platform;
    }

    static Platform platform() {
        return PLATFORM;
    }

    /** A client of its own, with connections of its own. */
    static Client client() {
        return new Client(URI.create("http://127.0.0.1:" + PORTS.api()));
    }
}
