package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run of the platform in this process, from its start until the process is stopped. */
final class Run {
    private static final int FAILED = 1;
    private static final long WIND_UP_SECONDS = 120;

    private final PlatformSettings settings;
    private final boolean fresh;
    private final Console console;
    private final CountDownLatch ended = new CountDownLatch(1);

    Run(PlatformSettings settings, boolean fresh, Console console) {
        this.settings = settings;
        this.fresh = fresh;
        this.console = console;
    }

    /** Runs the platform; a signal, or the end of the parent process, stops it in order. Returns the exit code. */
    int untilStopped() {
        Thread runner = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runner), "stop"));
        ParentWatch.begin(() -> System.exit(FAILED));
        try {
            return runPlatform();
        } finally {
            ended.countDown();
        }
    }

    private int runPlatform() {
        try (Platform platform = Platform.start(settings, console, fresh)) {
            console.started(settings, platform);
            sleepUntilInterrupted();
        } catch (StartFailure e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return failed(
                    ("%s. Sluice keeps its data and logs in %s: let this user read and write there, and make room where "
                                    + "the disk is full.")
                            .formatted(describe(e), settings.home()));
        }
        console.stoppedAll();
        return 0;
    }

    private int failed(String reason) {
        if (Thread.interrupted()) {
            console.stoppedAll();
        } else {
            console.failed(reason);
        }
        return FAILED;
    }

    /** The message of many an IOException is only a file name; the class name says what is wrong. */
    private static String describe(UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        boolean saysWhat = !(cause instanceof FileSystemException file) || file.getReason() != null;
        return saysWhat
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName().replace("Exception", "") + ": " + cause.getMessage();
    }

    private static void sleepUntilInterrupted() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException toldToStop) {
            // Left cleared, because the processes are stopped next, and awaited.
            return;
        }
    }

    /** Runs in the shutdown hook, and lets the runner stop everything before the process ends. */
    private void stop(Thread runner) {
        if (ended.getCount() == 0) {
            return;
        }
        console.stopping();
        runner.interrupt();
        try {
            ended.await(WIND_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
