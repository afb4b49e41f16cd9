package io.sluice.consumer.intake;

import io.micrometer.core.instrument.Timer;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.deadletters.DeadLetterPublisher;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.reading.Readers;
import io.sluice.consumer.retry.Dependency;
import io.sluice.consumer.retry.RetryLoop;
import io.sluice.consumer.shutdown.ShutdownException;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Processes batches in the order that makes it safe to stop at any point: first the database commits what can be
 * stored, then the dead letters' topic acknowledges the rest, and only then are the offsets committed. A batch is decoded, and begun
 * to be stored, while those before it are stored; its dead letters and its offsets are behind theirs.
 *
 * <p>Used by one thread at a time.
 */
@Dependent
class BatchProcessor {

    private final ParallelStore store;
    private final DeadLetterPublisher deadLetters;
    private final RetryLoop retryLoop;
    private final IntakeMetrics metrics;
    private final Readers readers;

    private Halves lastStored = Halves.NOTHING;
    private CompletableFuture<Outcome> lastDone = CompletableFuture.completedFuture(Outcome.NOTHING);

    BatchProcessor(
            ParallelStore store,
            DeadLetterPublisher deadLetters,
            RetryLoop retryLoop,
            IntakeMetrics metrics,
            Readers readers) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.retryLoop = retryLoop;
        this.metrics = metrics;
        this.readers = readers;
    }

    /**
     * Begins a batch; a small one is often done on return.
     *
     * @return completed when every record of it and of those before it is either stored or a dead letter; fails with a
     *     {@link ShutdownException} if the program shuts down before, as do all behind it
     */
    CompletableFuture<Outcome> begin(ConsumerRecords<byte[], byte @Nullable []> records) {
        Timer.Sample processing = metrics.received(records.count());
        Batch batch = decode(records);
        Timer.Sample storing = metrics.start();
        lastStored = store.store(batch.events(), lastStored);
        lastDone = lastDone.thenCombine(lastStored.both(), (before, stored) -> {
            metrics.stop(Phase.STORE, storing);
            Outcome outcome = stored.plus(new Outcome(0, 0, batch.undecodable()));
            publish(outcome.rejected());
            metrics.done(batch.events(), outcome, processing);
            readers.done(Loop.MESSAGES, records);
            return outcome;
        });
        return lastDone;
    }

    private Batch decode(ConsumerRecords<byte[], byte @Nullable []> records) {
        Timer.Sample decoding = metrics.start();
        Batch batch = Batch.of(records);
        metrics.stop(Phase.DECODE, decoding);
        metrics.underWay(batch.events());
        return batch;
    }

    private void publish(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Timer.Sample publishing = metrics.start();
        try {
            retryLoop.until(Dependency.DEAD_LETTERS, () -> {
                deadLetters.publish(letters);
                return letters.size();
            });
        } catch (ShutdownException e) {
            throw new CompletionException(e);
        }
        metrics.stop(Phase.DEAD_LETTERS, publishing);
    }
}
