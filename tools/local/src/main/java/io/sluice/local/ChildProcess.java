package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A child process, and the file of its output. */
final class ChildProcess {
    private static final long POLL_MILLIS = 20;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LINES_SHOWN = 10;

    private final String name;
    private final Process process;
    private final LogFile log;
    private final long logStart;

    private ChildProcess(String name, Process process, LogFile log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /** Starts a process whose output is appended to the log and whose input is empty. */
    static ChildProcess start(String name, ProcessBuilder builder, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            LogFile file = new LogFile(log);
            long logStart = file.size();
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(name, process, file, logStart);
        } catch (IOException e) {
            throw new StartFailure("%s could not be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Uses the handle, like Signal and ProcessExit: Process notices an end a moment later. */
    boolean isAlive() {
        return handle().isAlive();
    }

    /** True if the process has logged the text since its start. */
    boolean hasLogged(String text) {
        return log.contains(text, logStart);
    }

    /** Describes the exit of the process, as the end of a sentence. */
    String howItEnded() {
        return ProcessExit.describe(process.onExit().join().exitValue());
    }

    String endOfLog() {
        return log.ending(LINES_SHOWN);
    }

    /**
     * Waits until the process is ready.
     *
     * @param sign shows that it is ready
     * @param waitsFor reason of the process for not being ready, for the failure's message
     * @param limit timeout
     * @throws StartFailure if it died, was not ready in time, or the thread was interrupted
     */
    void awaitReady(BooleanSupplier sign, Supplier<String> waitsFor, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!sign.getAsBoolean()) {
            if (!isAlive()) {
                throw new StartFailure("%s %s. %s".formatted(name, howItEnded(), endOfLog()));
            }
            if (System.nanoTime() > deadline) {
                String reason = waitsFor.get();
                throw new StartFailure("%s was not ready within %d s%s. %s"
                        .formatted(name, limit.toSeconds(), reason.isEmpty() ? "" : ": " + reason, endOfLog()));
            }
            pause();
        }
    }

    /**
     * Waits for the end of the process; stops it on a timeout or an interrupt.
     *
     * @throws StartFailure in these cases, or if the process failed
     */
    void awaitSuccess(Duration limit) {
        if (!awaitEnd(limit)) {
            Signal.TERMINATE.end(handle(), GRACE);
            throw new StartFailure("%s took longer than %d s. %s".formatted(name, limit.toSeconds(), endOfLog()));
        }
        if (process.exitValue() != 0) {
            throw new StartFailure("%s %s. %s".formatted(name, howItEnded(), endOfLog()));
        }
    }

    /** Writes the input of the process, and closes it. */
    ChildProcess feed(String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Signal.TERMINATE.end(handle(), GRACE);
            throw interrupted(e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StartFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StartFailure(name + " was not waited for.", cause);
    }
}
