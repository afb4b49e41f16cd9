package io.sluice.consumer.outbox;

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
import java.util.Optional;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Runs the relay on a thread of its own. Whatever FEATURES says: of a feature that was disabled a moment ago, events may wait that were
 * committed before.
 */
@Singleton
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class.getName());

    /** Exit code after a fault of the program. */
    private static final int FAILED = 1;

    /** Before the shutdown waits for batches, so that both end at the same time. */
    private static final int BEFORE_BATCHES = 100;

    /** More than the relay takes unless PostgreSQL hangs; then its lease ends by itself. */
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Relay relay;
    private final Thread thread;
    private final ShutdownSignal shutdown;

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
        this.thread = new Thread(relay, "outbox-relay");
        thread.setUncaughtExceptionHandler((ended, fault) -> stopProgram(fault));
        this.shutdown = shutdown;
    }

    /** Ends the program: another replica, or the program started again, publishes. */
    private void stopProgram(Throwable fault) {
        LogLine.of("loop-ended").with("loop", "outbox").because(fault).write(LOG, Level.FATAL);
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
