package io.sluice.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Probes whether events reach the database: those of all keys, and with them of all partitions, and those of tasks. */
record FlowProbe(LoadGenerator clients, Database database) {

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /**
     * Waits until an event of each key is stored that was posted after this call, and one of a task that was changed.
     *
     * @return how long it took; empty if it took longer than the limit
     */
    Optional<Duration> await(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        // The next one may be in flight already.
        List<UUID> awaited = clients.clients().stream()
                .map(client -> client.series().id(client.acknowledged() + 2))
                .toList();
        int changes = clients.changes() + clients.tasksAtOnce() + 1;
        while (System.nanoTime() - start < limit.toNanos()) {
            if (areStored(awaited, changes)) {
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
}
