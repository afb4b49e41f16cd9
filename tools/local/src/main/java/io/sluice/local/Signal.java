package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Signals that request the end of a process. */
enum Signal {
    /** PostgreSQL's fast shutdown; on {@link #TERMINATE} it would wait for its clients. */
    INTERRUPT,
    TERMINATE;

    private static final Duration FORCED = Duration.ofSeconds(10);

    /**
     * Signals a process, waits, and kills it with all its descendants if it has not ended within the grace period.
     *
     * @return whether it ended by itself
     */
    boolean end(ProcessHandle process, Duration grace) {
        send(process);
        if (ProcessExit.await(process, grace)) {
            return true;
        }
        kill(process);
        return false;
    }

    private void send(ProcessHandle process) {
        switch (this) {
            case TERMINATE -> process.destroy();
            case INTERRUPT -> interrupt(process.pid());
        }
    }

    /** Kills a process and its descendants, and waits for their exit. */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        ProcessExit.await(process, FORCED);
        descendants.forEach(ProcessHandle::destroyForcibly);
        descendants.forEach(child -> ProcessExit.await(child, FORCED));
    }

    private static void interrupt(long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
