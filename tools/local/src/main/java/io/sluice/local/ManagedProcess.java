package io.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs until it is stopped: a server or a program. After a stop or a kill it can be started again, on
 * the same data and port.
 */
public abstract sealed class ManagedProcess implements AutoCloseable permits KafkaServer, PostgresServer, Program {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final String name;
    private final Path log;
    private final Signal stopSignal;
    private final Duration grace;
    private final LaunchListener launchListener;
    private volatile boolean wanted;
    private volatile @Nullable ChildProcess child;

    ManagedProcess(String name, Path log, Signal stopSignal, Duration grace, LaunchListener launchListener) {
        this.name = name;
        this.log = log;
        this.stopSignal = stopSignal;
        this.grace = grace;
        this.launchListener = launchListener;
    }

    /** Prepares and launches the process. */
    abstract ChildProcess launch();

    /** True if the process reports that it is ready. */
    abstract boolean showsReady(ChildProcess process);

    /** The folder of its stored data, or {@code null} if it stores none. */
    @Nullable Path data() {
        return null;
    }

    /** The process's own reason for not being ready, or an empty text. */
    String waitsFor() {
        return "";
    }

    /** {@return the address for clients} */
    public abstract String address();

    /** {@return the name for people} */
    public final String name() {
        return name;
    }

    /** {@return the file that its output is appended to} */
    public final Path log() {
        return log;
    }

    /**
     * Starts the process and waits until it is ready; does nothing if it runs.
     *
     * @throws StartFailure if it dies, or is not ready within 120 seconds; nothing is left running then
     */
    public final synchronized void start() {
        if (isAlive()) {
            return;
        }
        Path data = data();
        Path found = data != null && Files.exists(data) ? data : null;
        ChildProcess started = launch();
        child = started;
        wanted = true;
        try {
            launchListener.launched(name, started.handle());
            started.awaitReady(() -> showsReady(started), this::waitsFor, START_LIMIT);
        } catch (RuntimeException e) {
            stopSignal.end(started.handle(), grace);
            throw found != null && e instanceof StartFailure failure ? withRemedy(failure, found) : e;
        }
    }

    private static StartFailure withRemedy(StartFailure failure, Path data) {
        return new StartFailure(
                """
                %s
                Its data from before is in %s; nothing of it was deleted.
                If it is damaged, or of another version, put a copy of it back, or start without it: ./run --fresh deletes what Kafka and \
                PostgreSQL have stored."""
                        .formatted(failure.getMessage(), data),
                failure);
    }

    /** Stops the process in an orderly way, and by force after its grace period (10 to 20 seconds). */
    public final synchronized void stop() {
        wanted = false;
        ChildProcess running = child;
        if (running != null && running.isAlive()) {
            stopSignal.end(running.handle(), grace);
        }
    }

    /** Kills the process (SIGKILL) and its descendants, as a fault would; a platform starts it again. */
    public final void kill() {
        Signal.kill(process());
    }

    /** Stops the process. */
    @Override
    public final void close() {
        stop();
    }

    /**
     * The process that was started last.
     *
     * @throws NoSuchElementException if none was
     */
    public final ProcessHandle process() {
        return lastChild().handle();
    }

    /** {@return whether the process runs} */
    public final boolean isAlive() {
        ChildProcess running = child;
        return running != null && running.isAlive();
    }

    /** {@return whether the process runs and reports that it is ready} */
    public final boolean isReady() {
        ChildProcess running = child;
        return running != null && running.isAlive() && showsReady(running);
    }

    /** True if it should run and does not. */
    final boolean needsRestart() {
        return wanted && !isAlive();
    }

    final ChildProcess lastChild() {
        ChildProcess last = child;
        if (last == null) {
            throw new NoSuchElementException(name + " was never started");
        }
        return last;
    }
}
