package io.sluice.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Probes whether events reach the database: those of all keys, and with them of all partitions. */
record FlowProbe(List<LoadClient> clients, Database database) {

    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /**
     * Waits until an event of each key is stored that was posted after this call.
     *
     * @return how long it took; empty if it took longer than the limit
     */
    Optional<Duration> await(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        // The next one may be in flight already.
        List<UUID> awaited = clients.stream()
                .map(client -> client.series().id(client.acknowledged() + 2))
                .toList();
        while (System.nanoTime() - start < limit.toNanos()) {
            if (areStored(awaited)) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return Optional.empty();
    }

    private boolean areStored(List<UUID> ids) {
        try {
            return database.stored(ids) == ids.size();
        } catch (SQLException notYet) {
            return false;
        }
    }
}
