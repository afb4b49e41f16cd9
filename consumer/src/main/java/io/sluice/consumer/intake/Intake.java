package io.sluice.consumer.intake;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.consumer.logs.LogLine;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Receives batches, one after the other, and acknowledges each when nothing of it can be lost any more. */
@ApplicationScoped
public class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class.getName());

    static final String CHANNEL = "messages";

    /** Less than the grace period of a pod, with room for the connector's own end. */
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    /** The exit code of a program that has met a fault of its own. */
    private static final int FAILED = 1;

    private final BatchProcess process;
    private final Progress progress;
    private final StopSignal stop;
    private final IntakeMetrics metrics;

    Intake(BatchProcess process, Progress progress, StopSignal stop, IntakeMetrics metrics) {
        this.process = process;
        this.progress = progress;
        this.stop = stop;
        this.metrics = metrics;
    }

    /**
     * Takes one batch. It neither fails nor refuses a message, because the connector's answer to that is to stop for good: a batch
     * that is given up is left without an answer, its offsets are not committed, and it comes again.
     */
    @Incoming(CHANNEL)
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> receive(Message<ConsumerRecords<byte[], byte @Nullable []>> message) {
        try (Progress.UnderWay batch = progress.begin()) {
            if (stop.isGiven()) {
                return unanswered();
            }
            ConsumerRecords<byte[], byte @Nullable []> records = message.getPayload();
            metrics.received(records.count());
            process.run(records);
            metrics.batch(batch.age());
            return message.ack();
        } catch (StoppedException e) {
            return unanswered();
        } catch (Throwable e) {
            return end(e);
        }
    }

    /** Going on would commit the offsets of the next batch, and with them those of this one. */
    private CompletionStage<Void> end(Throwable e) {
        LogLine.of("intake-ended").because(e).write(LOG, Level.FATAL);
        stop.give();
        Quarkus.asyncExit(FAILED);
        return unanswered();
    }

    private static CompletionStage<Void> unanswered() {
        return CompletableFuture.completedFuture(null);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.give();
        if (!progress.awaitEnd(END_WITHIN)) {
            LogLine.of("batch-given-up").with("seconds", END_WITHIN.toSeconds()).write(LOG, Level.WARN);
        }
    }
}
