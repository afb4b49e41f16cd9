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
 * A batch's way, in the order that makes it safe to break off anywhere: what can be stored is committed by the database, then
 * what cannot is acknowledged on the dead letters' topic, and only then may the offsets be committed.
 */
@Singleton
class BatchProcessor {

    private final BatchBisector bisector;
    private final DeadLetterPublisher deadLetters;
    private final RetryLoop retryLoop;
    private final IntakeMetrics metrics;

    BatchProcessor(
            BatchBisector bisector, DeadLetterPublisher deadLetters, RetryLoop retryLoop, IntakeMetrics metrics) {
        this.bisector = bisector;
        this.deadLetters = deadLetters;
        this.retryLoop = retryLoop;
        this.metrics = metrics;
    }

    /** Returns when every record is either stored or a dead letter. */
    Outcome run(ConsumerRecords<byte[], byte @Nullable []> records) throws ShutdownException {
        Batch batch = metrics.measure(Phase.DECODE, () -> Batch.of(records));
        metrics.underWay(batch.events());
        Outcome outcome = metrics.measure(Phase.STORE, () -> bisector.store(batch.events()))
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
