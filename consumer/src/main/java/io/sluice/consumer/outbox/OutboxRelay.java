package io.sluice.consumer.outbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.shutdown.LoopThread;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.jboss.logmanager.Logger;

/**
 * Runs the relay on a thread of its own. Whatever FEATURES says: of a feature that was disabled a moment ago, events may wait that were
 * committed before.
 */
@Singleton
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class.getName());

    private final Relay relay;
    private final LoopThread thread;

    OutboxRelay(
            AgroalDataSource pool,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            KafkaSettings settings,
            RelayMetrics metrics,
            ShutdownSignal shutdown) {
        this.relay = new Relay(
                pool,
                new OutboxTable(settings.topicName(Topic.MESSAGES)),
                new EventProducer(kafka, "sluice-consumer-outbox", topics),
                metrics,
                shutdown);
        this.thread = new LoopThread("outbox-relay", "outbox", relay, shutdown, LOG);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes @Priority(LoopThread.BEFORE_BATCHES) ShutdownEvent event) throws InterruptedException {
        thread.stop();
    }

    /** Reason why nothing can be published, if nothing can. */
    public Optional<String> pause() {
        return relay.status().pause();
    }

    /** State of the relay while nothing keeps it from publishing. */
    public String state() {
        return relay.status().isLeading() ? "publishes events of features" : "another replica publishes";
    }

    /** Number of aggregates whose events wait while all others are published, and why; empty if there are none. */
    public Optional<String> held() {
        return relay.status().held();
    }
}
