package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.intake.IdempotentHandler;
import io.sluice.consumer.shutdown.LoopThread;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.runtime.retry.Backoff;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logmanager.Logger;

/** Works on replays on a thread of its own. */
@Singleton
class Replays {

    private static final Logger LOG = Logger.getLogger(Replays.class.getName());

    private final LoopThread thread;

    Replays(
            AgroalDataSource pool,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            KafkaSettings settings,
            ReplayMetrics metrics,
            @All List<IdempotentHandler> handlers,
            ShutdownSignal shutdown) {
        this.thread = new LoopThread(
                "replays",
                "replays",
                new ReplayLoop(
                        pool,
                        new EventProducer(kafka, "sluice-consumer-replays", topics),
                        settings.topicName(Topic.MESSAGES),
                        metrics,
                        new HandlerReplays(handlers),
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> ThreadLocalRandom.current()
                                .nextDouble()),
                        shutdown),
                shutdown,
                LOG);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes @Priority(LoopThread.BEFORE_BATCHES) ShutdownEvent event) throws InterruptedException {
        thread.stop();
    }
}
