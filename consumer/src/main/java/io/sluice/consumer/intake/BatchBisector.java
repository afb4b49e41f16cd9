package io.sluice.consumer.intake;

import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.retry.Dependency;
import io.sluice.consumer.retry.RetryLoop;
import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Stores all events but those that the database refuses: halves what is refused until a single event is left. One among n costs
 * about 2 log n transactions, and each other event is written about log n times at most; in exchange the common case stays one
 * transaction without savepoints. What fails for its number, or for something that is no refusal, is halved as well, but nothing is
 * given up for it: a single event that fails so is waited for, and with it those behind it in its partition.
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
     * Waits for as long as the database cannot store anything, or cannot store one of them. The order of each partition is kept:
     * nothing is tried before what is in front of it is stored or refused.
     */
    Outcome store(List<ReceivedEvent> events) throws ShutdownException {
        if (events.isEmpty()) {
            return Outcome.NOTHING;
        }
        Bisection bisection = new Bisection(store, batchSize, progress.of(Loop.MESSAGES), events);
        return retryLoop.until(Dependency.DATABASE, bisection::run);
    }
}
