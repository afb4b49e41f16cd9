package io.sluice.consumer.intake;

import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Stores a large batch in two transactions at once, because PostgreSQL works with one core for a connection. Events of one key are in
 * the same transaction, in their order; which of the two commits first is not known.
 */
@Singleton
class ParallelStore {

    /** Number of events from which a batch is divided; a smaller one is stored sooner with one commit. */
    static final int DIVIDED_FROM = 1_000;

    private static final int TRANSACTIONS = 2;

    private final BatchBisector bisector;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(TRANSACTIONS, task -> new Thread(task, "intake"));

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
            for (Future<Outcome> part : threads.invokeAll(storing(events))) {
                outcome = outcome.plus(part.get());
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
        return divide(events).stream()
                .<Callable<Outcome>>map(part -> () -> bisector.store(part))
                .toList();
    }

    private static List<List<ReceivedEvent>> divide(List<ReceivedEvent> events) {
        List<List<ReceivedEvent>> parts = IntStream.range(0, TRANSACTIONS)
                .<List<ReceivedEvent>>mapToObj(unused -> new ArrayList<>(events.size()))
                .toList();
        for (ReceivedEvent received : events) {
            // Of an event without a key the id, so that the same event sent twice is stored after itself, not beside
            // itself.
            Object key = Objects.requireNonNullElse(received.event().key(), received.id());
            parts.get(Math.floorMod(key.hashCode(), TRANSACTIONS)).add(received);
        }
        return parts;
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
