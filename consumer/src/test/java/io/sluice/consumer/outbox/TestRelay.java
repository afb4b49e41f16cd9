package io.sluice.consumer.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.consumer.database.TestPool;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Servers;
import java.sql.SQLException;
import java.util.Map;

/** A relay without the program around it. */
final class TestRelay implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ShutdownSignal shutdown = new ShutdownSignal();
    private final AgroalDataSource pool;
    private final Topics topics;
    private final Relay relay;
    private final Thread thread;

    TestRelay(Servers.Addresses servers, String applicationName) throws SQLException {
        pool = TestPool.of(servers.databaseUrl(), applicationName);
        KafkaSettings settings = Environment.read(servers.environment()::get, KafkaSettings::new);
        Map<String, Object> kafka = Map.copyOf(settings.clientProperties());
        topics = new Topics(kafka, settings);
        relay = new Relay(
                pool,
                new OutboxTable(settings.topicName(Topic.MESSAGES)),
                new EventProducer(kafka, "sluice-consumer-outbox", topics),
                new RelayMetrics(registry),
                shutdown);
        thread = new Thread(relay, applicationName);
        thread.start();
    }

    RelayStatus status() {
        return relay.status();
    }

    double metric(String name, String... tags) {
        return registry.get("sluice.consumer.outbox." + name)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
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
