package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Works on replays on a thread of its own. */
@Singleton
class Replays {

    private static final Logger LOG = Logger.getLogger(Replays.class.getName());

    /** Exit code after a fault of the program. */
    private static final int FAILED = 1;

    /** Before the shutdown waits for batches, so that both end at the same time. */
    private static final int BEFORE_BATCHES = 100;

    /** More than the loop takes unless PostgreSQL hangs; then another consumer goes on a little later. */
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Thread thread;
    private final ShutdownSignal shutdown;

    Replays(
            AgroalDataSource pool,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            KafkaSettings settings,
            ReplayMetrics metrics,
            ShutdownSignal shutdown) {
        this.thread = new Thread(
                new ReplayLoop(
                        pool,
                        new EventProducer(kafka, "sluice-consumer-replays", topics),
                        settings.topicName(Topic.MESSAGES),
                        metrics,
                        shutdown),
                "replays");
        thread.setUncaughtExceptionHandler((ended, fault) -> stopProgram(fault));
        this.shutdown = shutdown;
    }

    /** Ends the program: another replica, or the program started again, goes on. */
    private void stopProgram(Throwable fault) {
        LogLine.of("loop-ended").with("loop", "replays").because(fault).write(LOG, Level.FATAL);
        shutdown.request();
        Quarkus.asyncExit(FAILED);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes @Priority(BEFORE_BATCHES) ShutdownEvent event) throws InterruptedException {
        shutdown.request();
        thread.join(STOP.toMillis());
    }
}
