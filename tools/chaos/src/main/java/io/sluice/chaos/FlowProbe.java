package io.sluice.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Probes whether events reach the database: those of all keys, and with them of all partitions, and those of tasks; and images the workers. */
record FlowProbe(LoadGenerator clients, Database database) {

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /** Time after which other events are awaited: one that is not stored by then may be lost, which is for the verifier to find. */
    private static final Duration AWAITED_ANEW = Duration.ofSeconds(15);

    /**
     * Waits until an event of each key is stored that was posted after this call, and one of a task that was changed, and an
     * image is analysed that was uploaded after it.
     *
     * @return how long it took; empty if it took longer than the limit
     */
    Optional<Duration> await(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            if (flow(System.nanoTime() + AWAITED_ANEW.toNanos())) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
        }
        return Optional.empty();
    }

    private boolean flow(long deadline) throws InterruptedException {
        Instant since = Instant.now();
        // The next one may be in flight already.
        List<UUID> awaited = clients.clients().stream()
                .map(client -> client.series().id(client.acknowledged() + 2))
                .toList();
        int changes = clients.changes() + clients.tasksAtOnce() + 1;
        while (System.nanoTime() < deadline) {
            if (areStored(awaited, changes) && isAnalysed(since)) {
                return true;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return false;
    }

    private boolean areStored(List<UUID> ids, int changes) {
        try {
            return database.stored(ids) == ids.size() && database.storedOfTasks() >= changes;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private boolean isAnalysed(Instant since) {
        try {
            return database.isAnalysed(since);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
