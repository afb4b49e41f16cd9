package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The file in which a PostgreSQL server writes its process id and its state. */
record PostmasterFile(Path path) {
    private static final Duration SAME_START = Duration.ofSeconds(5);
    private static final int START_LINE = 2;
    private static final int STATUS_LINE = 7;

    static PostmasterFile of(Path cluster) {
        return new PostmasterFile(cluster.resolve("postmaster.pid"));
    }

    /** True if the server with this process id reports that it accepts connections; pg_ctl checks the same. */
    boolean saysReady(long pid) {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(0).equals(String.valueOf(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Sees to what an earlier server left: PostgreSQL refuses to start when the process id in an old file belongs to
     * another process by now, or the file is empty.
     *
     * @throws StartFailure if that server still runs
     */
    void release() {
        if (!Files.exists(path)) {
            return;
        }
        Optional<ProcessHandle> server = runningServer();
        if (server.isPresent()) {
            throw new StartFailure("PostgreSQL (process %1$d) already uses %2$s: stop it first (kill -INT %1$d)."
                    .formatted(server.get().pid(), path.getParent()));
        }
        delete();
    }

    private Optional<ProcessHandle> runningServer() {
        List<String> lines = lines();
        try {
            long pid = Long.parseLong(lines.get(0));
            Instant start = Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE)));
            return ProcessHandle.of(pid)
                    .filter(process -> !ProcessExit.isOver(process) && hasStartedAt(process, start));
        } catch (IndexOutOfBoundsException | NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    private static boolean hasStartedAt(ProcessHandle process, Instant instant) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, instant).abs().compareTo(SAME_START) < 0)
                .orElse(false);
    }

    private List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException removedMeanwhile) {
            return List.of();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
