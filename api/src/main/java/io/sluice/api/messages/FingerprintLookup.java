package io.sluice.api.messages;

import io.quarkus.logging.Log;
import io.sluice.contract.Fingerprint;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Says what is stored under an id, quickly or not at all. Requests that come while a query is under way share the next one:
 * however many they are, they hold one thread and one connection, and a database that hangs holds no more than these.
 */
@ApplicationScoped
class FingerprintLookup {

    private final MessageStore store;

    /**
     * A thread of its own, and of no request: the framework's threads carry the context of the request that they were taken for,
     * and what answers the others there would end in that one's context.
     */
    private final ExecutorService queries =
            Executors.newSingleThreadExecutor(query -> new Thread(query, "fingerprints"));

    /** What the next query asks for; guarded by this. */
    private Map<UUID, CompletableFuture<Optional<Fingerprint>>> waiting = new HashMap<>();

    /** Whether a query is under way; guarded by this. */
    private boolean querying;

    /** Keeps the log to a line for each time that PostgreSQL is away. */
    private volatile boolean failing;

    FingerprintLookup(MessageStore store) {
        this.store = store;
    }

    @PreDestroy
    void stop() {
        queries.shutdownNow();
    }

    /**
     * The fingerprint of the event that is stored under the id.
     *
     * @param patience how long to wait for PostgreSQL
     * @return empty if there is none, if PostgreSQL did not answer in time, or if it failed
     */
    Uni<Optional<Fingerprint>> find(UUID id, Duration patience) {
        return Uni.createFrom()
                .completionStage(() -> ask(id).copy())
                .ifNoItem()
                .after(patience)
                .recoverWithItem(Optional.empty());
    }

    private synchronized CompletableFuture<Optional<Fingerprint>> ask(UUID id) {
        CompletableFuture<Optional<Fingerprint>> answer =
                waiting.computeIfAbsent(id, unused -> new CompletableFuture<>());
        if (!querying) {
            querying = true;
            queries.execute(this::queryUntilNobodyWaits);
        }
        return answer;
    }

    private void queryUntilNobodyWaits() {
        for (var asked = takeWaiting(); !asked.isEmpty(); asked = takeWaiting()) {
            Map<UUID, Fingerprint> found = query(asked);
            asked.forEach((id, answer) -> answer.complete(Optional.ofNullable(found.get(id))));
        }
    }

    private synchronized Map<UUID, CompletableFuture<Optional<Fingerprint>>> takeWaiting() {
        var asked = waiting;
        waiting = new HashMap<>();
        querying = !asked.isEmpty();
        return asked;
    }

    private Map<UUID, Fingerprint> query(Map<UUID, ?> asked) {
        try {
            Map<UUID, Fingerprint> found = store.fingerprints(asked.keySet());
            failing = false;
            return found;
        } catch (RuntimeException e) {
            // Whoever waits is answered, whatever it was: the consumer decides then.
            if (!failing) {
                Log.warnf("conflict-checks-skipped reason=%s", e.getMessage());
            }
            failing = true;
            return Map.of();
        }
    }
}
