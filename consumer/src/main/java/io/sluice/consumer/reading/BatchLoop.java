package io.sluice.consumer.reading;

import io.quarkus.runtime.Quarkus;
import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.progress.BatchProgress;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Takes batches, one after the other, and acknowledges each when the work on it is done. It neither fails nor refuses a message,
 * because the connector's answer to that is to stop for good: a batch that is given up is left without an answer, its offsets are
 * not committed, and it comes again.
 */
@Singleton
public class BatchLoop {

    private static final Logger LOG = Logger.getLogger(BatchLoop.class.getName());

    /** The exit code of a program that has met a fault of its own. */
    private static final int FAILED = 1;

    private final BatchProgressRegistry progress;
    private final ShutdownSignal shutdown;

    BatchLoop(BatchProgressRegistry progress, ShutdownSignal shutdown) {
        this.progress = progress;
        this.shutdown = shutdown;
    }

    /** What is done with a batch. */
    @FunctionalInterface
    public interface Work {
        /** Returns when nothing of the batch can be lost any more, and its offsets may be committed. */
        void run(BatchProgress.UnderWay batch) throws ShutdownException;
    }

    /** Does the work on the batch of a message, and acknowledges it. */
    public CompletionStage<Void> run(Loop loop, Message<?> message, Work work) {
        try (BatchProgress.UnderWay batch = progress.of(loop).begin()) {
            if (shutdown.isRequested()) {
                return unanswered();
            }
            work.run(batch);
            return message.ack();
        } catch (ShutdownException e) {
            return unanswered();
        } catch (Throwable e) {
            return end(loop, e);
        }
    }

    /** Going on would commit the offsets of the next batch, and with them those of this one. */
    private CompletionStage<Void> end(Loop loop, Throwable e) {
        LogLine.of("loop-ended").with("loop", loop.channel()).because(e).write(LOG, Level.FATAL);
        shutdown.request();
        Quarkus.asyncExit(FAILED);
        return unanswered();
    }

    private static CompletionStage<Void> unanswered() {
        return CompletableFuture.completedFuture(null);
    }
}
