package io.sluice.consumer.intake;

import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stores a large batch in two transactions at once, because PostgreSQL works with one core for a connection. Events of one key are in
 * the same half of each batch, in their order; which of the two commits first is not known. A half waits for the same half of the
 * batch before, and not for the other.
 */
@Singleton
class ParallelStore {

    /** Number of events from which a batch is divided; a smaller one is stored sooner with one commit. */
    static final int DIVIDED_FROM = 1_000;

    private final BatchBisector bisector;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> new Thread(task, "intake"));

    ParallelStore(BatchBisector bisector) {
        this.bisector = bisector;
    }

    /**
     * Begins to store events, and retries for as long as the database cannot store some of them.
     *
     * @param before the batch before; where one of its halves fails, so does the same half of this one, and is not stored
     * @return fails with a {@link ShutdownException} if the program shuts down before each is stored or rejected
     */
    Halves store(List<ReceivedEvent> events, Halves before) {
        if (events.size() < DIVIDED_FROM) {
            return Halves.undivided(before.both().thenApply(unused -> store(events)));
        }
        List<ReceivedEvent> first =
                events.stream().filter(ParallelStore::isInFirst).toList();
        List<ReceivedEvent> second =
                events.stream().filter(Predicate.not(ParallelStore::isInFirst)).toList();
        return new Halves(storeHalf(first, before.first()), storeHalf(second, before.second()));
    }

    private CompletableFuture<Outcome> storeHalf(List<ReceivedEvent> half, CompletableFuture<Outcome> before) {
        return before.thenApplyAsync(unused -> store(half), threads);
    }

    private Outcome store(List<ReceivedEvent> events) {
        try {
            return bisector.store(events);
        } catch (ShutdownException e) {
            throw new CompletionException(e);
        }
    }

    private static boolean isInFirst(ReceivedEvent received) {
        // Of an event without a key the id, so that the same event sent twice is stored after itself, not beside
        // itself.
        Object key = Objects.requireNonNullElse(received.event().key(), received.id());
        return key.hashCode() % 2 == 0;
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
