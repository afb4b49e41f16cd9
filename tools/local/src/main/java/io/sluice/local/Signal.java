package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** How a process is asked to end. */
enum Signal {
    /** PostgreSQL's fast shutdown; its answer to {@link #TERMINATE} would be to wait for its clients. */
    INTERRUPT,
    TERMINATE;

    private static final Duration FORCED = Duration.ofSeconds(10);

    /**
     * Asks a process to end, waits, and kills it and all that it started if it did not end within the grace.
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

    /** Kills a process and whatever it started, and waits until they are gone. */
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
