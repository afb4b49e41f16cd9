package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.deadletters.DeadLetterPublisher;
import io.sluice.consumer.retry.Dependency;
import io.sluice.consumer.retry.RetryLoop;
import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Processes a batch in the order that makes it safe to stop at any point: first the database commits what can be
 * stored, then the dead letters' topic acknowledges the rest, and only then are the offsets committed.
 */
@Singleton
class BatchProcessor {

    private final ParallelStore store;
    private final DeadLetterPublisher deadLetters;
    private final RetryLoop retryLoop;
    private final IntakeMetrics metrics;

    BatchProcessor(ParallelStore store, DeadLetterPublisher deadLetters, RetryLoop retryLoop, IntakeMetrics metrics) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.retryLoop = retryLoop;
        this.metrics = metrics;
    }

    /** Returns when every record is either stored or a dead letter. */
    Outcome run(ConsumerRecords<byte[], byte @Nullable []> records) throws ShutdownException {
        Batch batch = metrics.measure(Phase.DECODE, () -> Batch.of(records));
        metrics.underWay(batch.events());
        Outcome outcome = metrics.measure(Phase.STORE, () -> store.store(batch.events()))
                .plus(new Outcome(0, 0, batch.undecodable()));
        if (!outcome.rejected().isEmpty()) {
            metrics.measure(Phase.DEAD_LETTERS, () -> publish(outcome.rejected()));
        }
        metrics.done(batch.events(), outcome);
        return outcome;
    }

    private int publish(List<DeadLetter> letters) throws ShutdownException {
        return retryLoop.until(Dependency.DEAD_LETTERS, () -> {
            deadLetters.publish(letters);
            return letters.size();
        });
    }
}
