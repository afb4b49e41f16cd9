package io.sluice.consumer.reading;

import io.sluice.consumer.progress.BatchProgress;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.runtime.start.LoopFault;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Processes batches, and acknowledges each when its work is done. Never fails nor rejects a
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
        /**
         * Begins the work, or does it.
         *
         * @return completed when none of the batch can be lost any more, and its offsets are handed over to be committed
         */
        CompletionStage<?> begin() throws ShutdownException;
    }

    /**
     * Processes and acknowledges the batch of a message.
     *
     * @return completed when that has ended, in whichever way
     */
    public CompletionStage<Void> run(Loop loop, Message<?> message, Work work) {
        BatchProgress.UnderWay batch = progress.of(loop).begin();
        return begin(work).handle((done, failure) -> {
            try (batch) {
                if (failure == null) {
                    message.ack();
                } else {
                    abandon(loop, failure);
                }
            }
            return null;
        });
    }

    private CompletionStage<?> begin(Work work) {
        try {
            if (shutdown.isRequested()) {
                throw new ShutdownException();
            }
            return work.begin();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Ends the program if the failure is a fault: the next batch would commit its offsets, and those of this batch with them. One that fails
     * because the batch before did is part of that end.
     */
    private void abandon(Loop loop, Throwable failure) {
        Throwable cause = causeOf(failure);
        if (!(cause instanceof ShutdownException) && !shutdown.isRequested()) {
            shutdown.request();
            LoopFault.endProgram(LOG, loop.channel(), cause);
        }
    }

    private static Throwable causeOf(Throwable failure) {
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
