package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Servers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** A loop without the program around it. */
final class TestReplayLoop implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ShutdownSignal shutdown = new ShutdownSignal();
    private final AgroalDataSource pool;
    private final Topics topics;
    private final Thread thread;

    TestReplayLoop(Servers.Addresses servers) throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(servers.databaseUrl());
        pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                        .maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url.jdbcUrl())
                                .principal(new NamePrincipal(url.user()))
                                .credential(new SimplePassword(url.password())))));
        KafkaSettings settings = Environment.read(servers.environment()::get, KafkaSettings::new);
        Map<String, Object> kafka = Map.copyOf(settings.clientProperties());
        topics = new Topics(kafka, settings);
        thread = new Thread(
                new ReplayLoop(
                        pool,
                        new EventProducer(kafka, "replays", topics),
                        settings.topicName(Topic.MESSAGES),
                        new ReplayMetrics(registry),
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
