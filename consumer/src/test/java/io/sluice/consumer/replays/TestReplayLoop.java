package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.consumer.database.TestPool;
import io.sluice.consumer.intake.IdempotentHandler;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.runtime.retry.Backoff;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Servers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A loop without the program around it, with shorter pauses after failures. */
final class TestReplayLoop implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ShutdownSignal shutdown = new ShutdownSignal();
    private final AgroalDataSource pool;
    private final Topics topics;
    private final Thread thread;

    TestReplayLoop(Servers.Addresses servers, IdempotentHandler... handlers) throws SQLException {
        pool = TestPool.of(servers.databaseUrl(), "replays");
        KafkaSettings settings = Environment.read(servers.environment()::get, KafkaSettings::new);
        Map<String, Object> kafka = Map.copyOf(settings.clientProperties());
        topics = new Topics(kafka, settings);
        thread = new Thread(
                new ReplayLoop(
                        pool,
                        new EventProducer(kafka, "replays", topics),
                        settings.topicName(Topic.MESSAGES),
                        new ReplayMetrics(registry),
                        new HandlerReplays(List.of(handlers)),
                        new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), () -> 1),
                        shutdown),
                "replays");
        thread.start();
    }

    double metric(String name, String... tags) {
        return registry.get("sluice.consumer.replays." + name)
                .tags(tags)
                .counter()
                .count();
    }

    /** Stops it in an orderly way. */
    void stop() {
        shutdown.request();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
        topics.close();
        pool.close();
    }
}
