package io.sluice.consumer.intake;

import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.retry.Dependency;
import io.sluice.consumer.retry.RetryLoop;
import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Stores all events but those that the database rejects, by bisecting rejected batches down to single events. One
 * rejected event among n costs about 2 log n transactions, and each other event is written at most about log n times;
 * in exchange the common case is one transaction without savepoints. A batch that fails because of its size, or for any
 * reason but a rejection, is bisected too, but never rejected: a single event that fails so is retried, and holds the
 * events behind it in its partition.
 */
@Singleton
class BatchBisector {

    private final EventStore store;
    private final AdaptiveBatchSize batchSize;
    private final RetryLoop retryLoop;
    private final BatchProgressRegistry progress;

    BatchBisector(EventStore store, AdaptiveBatchSize batchSize, RetryLoop retryLoop, BatchProgressRegistry progress) {
        this.store = store;
        this.batchSize = batchSize;
        this.retryLoop = retryLoop;
        this.progress = progress;
    }

    /**
     * Stores events, and retries for as long as the database cannot store some of them. The order of each partition is
     * kept: an event is tried only once those in front of it are stored or rejected.
     */
    Outcome store(List<ReceivedEvent> events) throws ShutdownException {
        if (events.isEmpty()) {
            return Outcome.NOTHING;
        }
        Bisection bisection = new Bisection(store, batchSize, progress.of(Loop.MESSAGES), events);
        return retryLoop.until(Dependency.DATABASE, bisection::run);
    }
}
