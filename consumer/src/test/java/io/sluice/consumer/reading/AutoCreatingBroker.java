package io.sluice.consumer.reading;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.local.KafkaServer;
import io.sluice.settings.Setting;
import io.sluice.testkit.Folders;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker that creates topics on request, as brokers do by default, beside the shared database. */
public final class AutoCreatingBroker implements QuarkusTestResourceLifecycleManager {

    private final Path folder = temporaryFolder();
    private @Nullable KafkaServer kafka;

    @Override
    public Map<String, String> start() {
        KafkaServer server = KafkaServer.start(
                folder.resolve("kafka"), 0, folder.resolve("kafka.log"), Map.of("auto.create.topics.enable", "true"));
        kafka = server;
        return Map.of(
                Setting.KAFKA_BOOTSTRAP_SERVERS.name(),
                server.bootstrapServers(),
                Setting.DATABASE_URL.name(),
                Servers.shared().databaseUrl());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sluice-auto-create");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(kafka, field -> field.getType().equals(KafkaServer.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.kill();
        }
        Folders.delete(folder);
    }
}
