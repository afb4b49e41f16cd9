package io.sluice.provisioning;

import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.io.FileUtils;

/** Real servers, each started on first use and shared by all tests. */
final class Servers {

    private Servers() {}

    static KafkaServer kafka() {
        return Kafka.SERVER;
    }

    /** A broker that creates topics on request, with an unusual number of partitions. */
    static KafkaServer autoCreatingKafka() {
        return AutoCreatingKafka.SERVER;
    }

    /** A broker with a default retention of 1 MiB a partition, and with {@link SettingsPolicy}. */
    static KafkaServer kafkaWithPolicy() {
        return KafkaWithPolicy.SERVER;
    }

    static PostgresServer postgres() {
        return Postgres.SERVER;
    }

    private static final class Kafka {
        static final KafkaServer SERVER = kafka("kafka", Map.of());
    }

    private static final class AutoCreatingKafka {
        static final KafkaServer SERVER =
                kafka("auto-creating-kafka", Map.of("auto.create.topics.enable", "true", "num.partitions", "2"));
    }

    private static final class KafkaWithPolicy {
        static final KafkaServer SERVER = kafka(
                "kafka-with-policy",
                Map.of(
                        "log.retention.bytes",
                        "1048576",
                        "create.topic.policy.class.name",
                        SettingsPolicy.OnCreation.class.getName(),
                        "alter.config.policy.class.name",
                        SettingsPolicy.OnChange.class.getName()));
    }

    private static final class Postgres {
        static final PostgresServer SERVER =
                PostgresServer.start(file("postgres"), 0, file("postgres.log"), Map.of("fsync", "off"));

        static {
            DISCARDED_IN_THE_END.add(Postgres::quit);
        }

        /** An immediate shutdown, which does not write the databases of all tests to the disk. */
        private static void quit() {
            ProcessHandle postgres = SERVER.process();
            try {
                new ProcessBuilder("kill", "-QUIT", String.valueOf(postgres.pid())).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres.onExit().join();
        }
    }

    private static KafkaServer kafka(String name, Map<String, String> overrides) {
        KafkaServer server = KafkaServer.start(
                file(name), 0, file(name + ".log"), overrides, List.of(Path.of("target/test-classes")));
        // To stop in order it would write all partitions of all tests to the disk.
        DISCARDED_IN_THE_END.add(server::kill);
        return server;
    }

    private static final Path FOLDER = temporaryFolder();
    private static final List<Runnable> DISCARDED_IN_THE_END = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Servers::discard));
    }

    private static void discard() {
        DISCARDED_IN_THE_END.forEach(Runnable::run);
        try {
            FileUtils.deleteDirectory(FOLDER.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sluice-provisioning");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
