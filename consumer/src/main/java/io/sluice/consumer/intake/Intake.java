package io.sluice.consumer.intake;

import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.reading.BatchLoop;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
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

    /** The end of the last batch that was received. */
    private CompletionStage<Void> last = CompletableFuture.completedFuture(null);

    Intake(BatchLoop loop, BatchProcessor processor) {
        this.loop = loop;
        this.processor = processor;
    }

    /**
     * Begins a batch; see {@link BatchLoop}.
     *
     * @return the end of the batch before, for which the connector waits before it delivers the next: that one is decoded meanwhile, and
     *     no third one is in memory
     */
    @Incoming("messages")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> receive(Message<ConsumerRecords<byte[], byte @Nullable []>> message) {
        CompletionStage<Void> before = last;
        last = loop.run(Loop.MESSAGES, message, () -> processor.begin(message.getPayload()));
        return before;
    }
}
