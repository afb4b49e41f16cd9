package io.sluice.consumer.reading;

import io.sluice.consumer.progress.BatchProgress;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.runtime.start.LoopFault;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logmanager.Logger;

/**
 * Processes batches one after the other, and acknowledges each when its work is done. Never fails nor rejects a
 * message, because the connector would then stop for good: an abandoned batch is left unacknowledged, its offsets are
 * not committed, and it is delivered again.
 */
@Singleton
public class BatchLoop {

    private static final Logger LOG = Logger.getLogger(BatchLoop.class.getName());

    private final BatchProgressRegistry progress;
    private final ShutdownSignal shutdown;

    BatchLoop(BatchProgressRegistry progress, ShutdownSignal shutdown) {
        this.progress = progress;
        this.shutdown = shutdown;
    }

    /** The work on a batch. */
    @FunctionalInterface
    public interface Work {
        /** Returns when the offsets may be committed, because none of the batch can be lost. */
        void run(BatchProgress.UnderWay batch) throws ShutdownException;
    }

    /** Processes and acknowledges the batch of a message. */
    public CompletionStage<Void> run(Loop loop, Message<?> message, Work work) {
        try (BatchProgress.UnderWay batch = progress.of(loop).begin()) {
            if (shutdown.isRequested()) {
                return unacknowledged();
            }
            work.run(batch);
            return message.ack();
        } catch (ShutdownException e) {
            return unacknowledged();
        } catch (Throwable e) {
            return stopProgram(loop, e);
        }
    }

    /** Ends the program, because the next batch would commit its offsets, and those of this batch with them. */
    private CompletionStage<Void> stopProgram(Loop loop, Throwable e) {
        shutdown.request();
        LoopFault.endProgram(LOG, loop.channel(), e);
        return unacknowledged();
    }

    private static CompletionStage<Void> unacknowledged() {
        return CompletableFuture.completedFuture(null);
    }
}
