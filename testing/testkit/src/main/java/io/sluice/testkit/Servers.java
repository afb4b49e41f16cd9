package io.sluice.testkit;

import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Kafka and PostgreSQL in a temporary folder, with topics and schema. Most tests use {@link #shared()}; a test that
 * stops or kills a server starts its own pair, and closes it.
 */
public final class Servers implements AutoCloseable {

    private final Path folder;
    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final String bootstrapServers;

    private Servers(Path folder, KafkaServer kafka, PostgresServer postgres, String bootstrapServers) {
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
        this.bootstrapServers = bootstrapServers;
    }

    /** The addresses of the servers shared by all tests of this JVM; started on first use. */
    public static Addresses shared() {
        return SharedServers.addresses();
    }

    /** Starts a pair of servers, both at once, and provisions them. */
    public static Servers start() {
        return start(Map.of());
    }

    /**
     * Starts a pair with other settings of Kafka.
     *
     * @param kafkaSettings settings of the broker, by its own names
     */
    public static Servers start(Map<String, String> kafkaSettings) {
        return start(kafkaSettings, KafkaServer::bootstrapServers);
    }

    /**
     * Starts a pair whose Kafka is reached, and advertised, through a proxy.
     *
     * @param kafkaProxy will forward to Kafka
     * @param kafkaSettings other settings of the broker, by its own names
     */
    public static Servers startBehind(TcpProxy kafkaProxy, Map<String, String> kafkaSettings) {
        Map<String, String> settings = new HashMap<>(kafkaSettings);
        settings.put("advertised.listeners", "CLIENTS://" + kafkaProxy.address());
        return start(settings, kafka -> {
            kafkaProxy.target(kafka.port());
            return kafkaProxy.address();
        });
    }

    private static Servers start(Map<String, String> kafkaSettings, Function<KafkaServer, String> bootstrapServers) {
        Path folder = temporaryFolder();
        // The common pool may have a single thread.
        Executor ownThread = task -> new Thread(task, "server-start").start();
        CompletableFuture<KafkaServer> kafka = CompletableFuture.supplyAsync(
                () -> KafkaServer.start(folder.resolve("kafka"), 0, folder.resolve("kafka.log"), kafkaSettings),
                ownThread);
        CompletableFuture<PostgresServer> postgres = CompletableFuture.supplyAsync(
                () -> PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of()),
                ownThread);
        Servers servers = new Servers(folder, kafka.join(), postgres.join(), bootstrapServers.apply(kafka.join()));
        servers.prepare();
        return servers;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sluice-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Provisions the servers again, as init-job does. */
    public void prepare() {
        provision(addresses().environment());
    }

    /**
     * Makes topics and schema, as init-job does.
     *
     * @param environment of init-job
     */
    public static void provision(Map<String, String> environment) {
        new Provisioning(Environment.read(environment::get, ProvisioningSettings::new), Provisioning.DEFAULT_WAIT)
                .run(new Plan(Plan.Mode.CARRY_OUT));
    }

    /**
     * Deletes a topic with its records and its settings, and provisions the servers again.
     *
     * @param topic one that init-job makes
     * @throws ExecutionException if the broker refuses it
     */
    public void makeAnew(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        prepare();
    }

    /** The broker, which a test may stop, kill and start again. */
    public KafkaServer kafka() {
        return kafka;
    }

    /** The database server, which a test may stop, kill and start again. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** The addresses; the same after a restart. */
    public Addresses addresses() {
        return new Addresses(bootstrapServers, postgres.url());
    }

    Path folder() {
        return folder;
    }

    /** Stops both servers and deletes their data. */
    @Override
    public void close() {
        // An orderly stop would flush data that is deleted here.
        kafka.kill();
        postgres.close();
        Folders.delete(folder);
    }

    /**
     * Addresses of a pair of servers.
     *
     * @param kafkaBootstrapServers as in {@link Setting#KAFKA_BOOTSTRAP_SERVERS}
     * @param databaseUrl as in {@link Setting#DATABASE_URL}
     */
    public record Addresses(String kafkaBootstrapServers, String databaseUrl) {

        /** The environment of a program that uses these servers. */
        public Map<String, String> environment() {
            return Map.of(
                    Setting.KAFKA_BOOTSTRAP_SERVERS.name(), kafkaBootstrapServers,
                    Setting.DATABASE_URL.name(), databaseUrl);
        }
    }
}
