package io.sluice.consumer.deadletters;

import io.sluice.consumer.progress.BatchProgress;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.reading.BatchLoop;
import io.sluice.consumer.reading.Readers;
import io.sluice.consumer.retry.Dependency;
import io.sluice.consumer.retry.RetryLoop;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.runtime.database.SqlFailure;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Projects the topic {@code dead-letters} into its tables, batch by batch; writes to no topic. */
@ApplicationScoped
public class DeadLetterProjection {

    private final BatchLoop loop;
    private final DeadLetterDecoder decoder;
    private final DeadLetterTable table;
    private final RetryLoop retryLoop;
    private final BatchProgress progress;
    private final Readers readers;

    DeadLetterProjection(
            BatchLoop loop,
            DeadLetterDecoder decoder,
            DeadLetterTable table,
            RetryLoop retryLoop,
            BatchProgressRegistry registry,
            Readers readers) {
        this.loop = loop;
        this.decoder = decoder;
        this.table = table;
        this.retryLoop = retryLoop;
        this.progress = registry.of(Loop.PROJECTION);
        this.readers = readers;
    }

    /** Processes one batch; see {@link BatchLoop}. */
    @Incoming("projection")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> receive(Message<ConsumerRecords<byte[], byte @Nullable []>> message) {
        ConsumerRecords<byte[], byte @Nullable []> records = message.getPayload();
        return loop.run(Loop.PROJECTION, message, () -> {
            project(StreamSupport.stream(records.spliterator(), false).toList());
            readers.done(Loop.PROJECTION, records);
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Returns when all records are in the tables. */
    void project(List<ConsumerRecord<byte[], byte @Nullable []>> records) throws ShutdownException {
        List<DecodedDeadLetter> letters = retryLoop.until(
                Dependency.PROJECTION,
                () -> records.stream().map(decoder::decode).toList());
        List<DecodedDeadLetter> left = new ArrayList<>(letters);
        retryLoop.until(Dependency.PROJECTION, () -> store(left));
    }

    /**
     * Stores all, or one by one if some of them cannot be stored: those remain and are retried, without blocking the
     * others.
     */
    private boolean store(List<DecodedDeadLetter> left) throws SQLException {
        Optional<SQLException> together = storeThese(left);
        if (together.isEmpty()) {
            return true;
        }
        Optional<SQLException> last = Optional.empty();
        for (DecodedDeadLetter letter : List.copyOf(left)) {
            Optional<SQLException> alone = storeThese(List.of(letter));
            if (alone.isEmpty()) {
                left.remove(letter);
            } else {
                last = alone;
            }
        }
        if (last.isPresent()) {
            throw last.get();
        }
        return true;
    }

    /** Returns a failure that one of them may have caused, and throws any other. */
    private Optional<SQLException> storeThese(List<DecodedDeadLetter> letters) throws SQLException {
        progress.heartbeat();
        try {
            table.store(letters);
            return Optional.empty();
        } catch (SQLException failure) {
            return switch (SqlFailure.of(failure)) {
                case PERMANENT, IN_DOUBT -> Optional.of(failure);
                case CONFLICT, TRANSIENT -> throw failure;
            };
        }
    }
}
