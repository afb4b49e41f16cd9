package io.sluice.local;

import java.nio.file.Path;
import java.time.Duration;

/** The program that creates topics and schema, and ends. */
public final class InitJob {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /**
     * Shorter than the start of the programs that wait for it, so that its reason is reported before they time out. The
     * servers run already.
     */
    private static final String WAIT = "--wait-at-most=60s";

    private final PackagedProgram packaged;
    private final Path log;
    private final LaunchListener launchListener;

    InitJob(PackagedProgram packaged, Path log, LaunchListener launchListener) {
        this.packaged = packaged;
        this.log = log;
        this.launchListener = launchListener;
    }

    /** {@return the file that its output is appended to} */
    public Path log() {
        return log;
    }

    /**
     * Runs the program to its end.
     *
     * @throws StartFailure if it fails, or takes more than 180 seconds
     */
    public void run() {
        ProcessBuilder command = packaged.command();
        command.command().add(WAIT);
        ChildProcess process = ChildProcess.start(packaged.name(), command, log);
        launchListener.launched(packaged.name(), process.handle());
        process.awaitSuccess(LIMIT);
    }
}
