package io.sluice.consumer.intake;

import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Stores a large batch in two transactions at once, because PostgreSQL works with one core for a connection. Events of one key are in
 * the same transaction, in their order; which of the two commits first is not known.
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
     * Stores events, and retries for as long as the database cannot store some of them.
     *
     * @throws ShutdownException if the program shuts down before each is stored or rejected
     */
    Outcome store(List<ReceivedEvent> events) throws ShutdownException {
        return events.size() < DIVIDED_FROM ? bisector.store(events) : storeByKey(events);
    }

    private Outcome storeByKey(List<ReceivedEvent> events) throws ShutdownException {
        Outcome outcome = Outcome.NOTHING;
        try {
            // Returns when both have ended, whatever became of them.
            for (Future<Outcome> half : threads.invokeAll(storing(events))) {
                outcome = outcome.plus(half.get());
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShutdownException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ShutdownException shutdown) {
                throw shutdown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Callable<Outcome>> storing(List<ReceivedEvent> events) {
        return events.stream().collect(Collectors.partitioningBy(ParallelStore::isInFirst)).values().stream()
                .<Callable<Outcome>>map(half -> () -> bisector.store(half))
                .toList();
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
