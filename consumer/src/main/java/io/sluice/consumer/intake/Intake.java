package io.sluice.consumer.intake;

import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.reading.BatchLoop;
import io.sluice.consumer.reading.Readers;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Receives batches of events. */
@ApplicationScoped
public class Intake {

    private final BatchLoop loop;
    private final BatchProcessor processor;
    private final IntakeMetrics metrics;
    private final Readers readers;

    Intake(BatchLoop loop, BatchProcessor processor, IntakeMetrics metrics, Readers readers) {
        this.loop = loop;
        this.processor = processor;
        this.metrics = metrics;
        this.readers = readers;
    }

    /** Processes one batch; see {@link BatchLoop}. */
    @Incoming("messages")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> receive(Message<ConsumerRecords<byte[], byte @Nullable []>> message) {
        return loop.run(Loop.MESSAGES, message, batch -> {
            ConsumerRecords<byte[], byte @Nullable []> records = message.getPayload();
            metrics.received(records.count());
            processor.run(records);
            metrics.batch(batch.age());
            readers.done(Loop.MESSAGES, records);
        });
    }
}
