package io.sluice.local;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Restarts a process that ended without being stopped, with exponential backoff. */
final class Supervisor implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final ManagedProcess process;
    private final ProgressListener progress;
    private volatile boolean restarting;
    private Duration pause = FIRST_PAUSE;
    private long runningSince = System.nanoTime();

    Supervisor(ManagedProcess process, ProgressListener progress) {
        this.process = process;
        this.progress = progress;
    }

    ManagedProcess process() {
        return process;
    }

    /** Supervises until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(POLL.toMillis());
                if (process.needsRestart()) {
                    restarting = true;
                    restart();
                    restarting = false;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** True if the process has ended, and its restart has not been reported yet. */
    boolean isRestarting() {
        return restarting;
    }

    private void restart() throws InterruptedException {
        if (System.nanoTime() - runningSince > STEADY.toNanos()) {
            pause = FIRST_PAUSE;
        }
        ChildProcess dead = process.lastChild();
        Optional<String> failure =
                Optional.of("%s %s. %s".formatted(process.name(), dead.howItEnded(), dead.endOfLog()));
        while (failure.isPresent() && process.needsRestart()) {
            progress.died(failure.get(), pause);
            Thread.sleep(pause.toMillis());
            pause = longer(pause);
            failure = start();
        }
    }

    /** Starts the process; returns the reason of a failure. */
    private Optional<String> start() throws InterruptedException {
        try {
            long start = System.nanoTime();
            process.start();
            runningSince = System.nanoTime();
            progress.ready(process.name(), Duration.ofNanos(runningSince - start), process.address());
            return Optional.empty();
        } catch (StartFailure | UncheckedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
