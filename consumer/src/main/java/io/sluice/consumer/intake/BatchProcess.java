package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.deadletters.DeadLetterPublisher;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * A batch's way, in the order that makes it safe to break off anywhere: what can be stored is committed by the database, then
 * what cannot is acknowledged on the dead letters' topic, and only then may the offsets be committed.
 */
@Singleton
class BatchProcess {

    private final Isolation isolation;
    private final DeadLetterPublisher deadLetters;
    private final Perseverance perseverance;

    BatchProcess(Isolation isolation, DeadLetterPublisher deadLetters, Perseverance perseverance) {
        this.isolation = isolation;
        this.deadLetters = deadLetters;
        this.perseverance = perseverance;
    }

    /** Returns when every record is either stored or a dead letter. */
    Outcome run(ConsumerRecords<byte[], byte @Nullable []> records) throws StoppedException {
        Batch batch = Batch.of(records);
        Outcome outcome = isolation.store(batch.arrivals()).plus(new Outcome(0, 0, batch.undecodable()));
        publish(outcome.refused());
        return outcome;
    }

    private void publish(List<DeadLetter> letters) throws StoppedException {
        perseverance.until(Part.DEAD_LETTERS, () -> {
            deadLetters.publish(letters);
            return letters.size();
        });
    }
}
