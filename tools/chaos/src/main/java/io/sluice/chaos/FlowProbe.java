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

    /**
     * Waits until an event of each key is stored that was posted after this call, and one of a task that was changed, and an
     * image is analysed that was uploaded after it.
     *
     * @return how long it took; empty if it took longer than the limit
     */
    Optional<Duration> await(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        Instant since = Instant.now();
        // The next one may be in flight already.
        List<UUID> awaited = clients.clients().stream()
                .map(client -> client.series().id(client.acknowledged() + 2))
                .toList();
        int changes = clients.changes() + clients.tasksAtOnce() + 1;
        while (System.nanoTime() - start < limit.toNanos()) {
            if (areStored(awaited, changes) && isAnalysed(since)) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return Optional.empty();
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
