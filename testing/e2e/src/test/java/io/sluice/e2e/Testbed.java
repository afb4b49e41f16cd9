package io.sluice.e2e;

import static io.sluice.testkit.Await.await;

import io.sluice.local.FreePort;
import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Setting;
import io.sluice.testkit.Servers;
import io.sluice.testkit.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;

/** The packaged api and consumer with servers of their own, a network that fails when told to, and nobody who starts anything again. */
final class Testbed implements AutoCloseable {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    private static final String GROUP = Setting.KAFKA_GROUP_ID.defaultValue();
    private static final int PARTITIONS = Integer.parseInt(Setting.TOPIC_PARTITIONS.defaultValue());

    private final Path folder;
    private final Map<String, String> settings;
    private final KafkaServer kafka;
    private final TcpProxy kafkaOfConsumer;
    private final TcpProxy database;
    private final Program api;
    private final Program consumer;
    private PostgresServer postgres;

    /** Starts all of it, with these settings of both programs; the api reaches Kafka past the proxy. */
    Testbed(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
        int direct = FreePort.find();
        int proxied = FreePort.find();
        kafkaOfConsumer = TcpProxy.start(0, proxied);
        kafka = KafkaServer.start(
                folder.resolve("kafka"), direct, folder.resolve("kafka.log"), listeners(direct, proxied));
        postgres = PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of());
        database = TcpProxy.start(0, port(postgres));
        Servers.provision(environment(kafka.bootstrapServers()));
        api = Program.start(PROJECT, "api", folder, environment(kafka.bootstrapServers()));
        consumer = startConsumer(folder);
    }

    /** One of the group, working in this folder. */
    Program startConsumer(Path folder) {
        return Program.start(PROJECT, "consumer", folder, environment(kafkaOfConsumer.address()));
    }

    /** Two for clients: one whose address is the proxy's. */
    private Map<String, String> listeners(int direct, int proxied) {
        int controller = FreePort.find();
        String clients = "CLIENTS://127.0.0.1:" + direct;
        return Map.of(
                "listeners",
                        clients + ",PROXIED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(proxied, controller),
                "advertised.listeners", clients + ",PROXIED://" + kafkaOfConsumer.address(),
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters", "1@127.0.0.1:" + controller);
    }

    private Map<String, String> environment(String bootstrapServers) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(Setting.KAFKA_BOOTSTRAP_SERVERS.name(), bootstrapServers);
        all.put(Setting.DATABASE_URL.name(), databaseUrl());
        return all;
    }

    /** The same after a failover. */
    String databaseUrl() {
        return "postgresql://sluice:sluice@%s/sluice".formatted(database.address());
    }

    KafkaServer kafka() {
        return kafka;
    }

    /** Between the consumer and Kafka. */
    TcpProxy kafkaOfConsumer() {
        return kafkaOfConsumer;
    }

    /** Between both programs and PostgreSQL. */
    TcpProxy database() {
        return database;
    }

    PostgresServer postgres() {
        return postgres;
    }

    Program api() {
        return api;
    }

    Program consumer() {
        return consumer;
    }

    /** Kills the server and has another one take over its data, at another port. */
    void failOver() {
        postgres.kill();
        Path taken = folder.resolve("standby");
        try {
            Files.createDirectories(taken);
            Files.move(folder.resolve("postgres/cluster"), taken.resolve("cluster"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = PostgresServer.start(taken, 0, folder.resolve("standby.log"), Map.of());
    }

    /** Leads to the server that has taken over. */
    void switchDatabase() {
        database.target(port(postgres));
    }

    /** As the server's superuser, past the proxy, each statement by itself. */
    void administer(String... statements) {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection to the database of Sluice as the server's superuser, past the proxy. */
    Connection administrator() throws SQLException {
        DatabaseUrl admin = DatabaseUrl.parse(postgres.adminUrl());
        String database = admin.jdbcUrl().replaceFirst("[^/]+$", "sluice");
        return DriverManager.getConnection(database, admin.user(), admin.password());
    }

    /** Waits until this many consumers share all partitions of the topic. */
    void awaitConsumers(int number) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            await().until(() -> {
                Collection<MemberDescription> members = admin.describeConsumerGroups(List.of(GROUP))
                        .describedGroups()
                        .get(GROUP)
                        .get()
                        .members();
                return members.size() == number
                        && members.stream()
                                .allMatch(member ->
                                        member.assignment().topicPartitions().size() == PARTITIONS / number);
            });
        }
    }

    private static int port(PostgresServer server) {
        return Integer.parseInt(server.address().replaceFirst(".*:", ""));
    }

    @Override
    public void close() {
        consumer.close();
        api.close();
        kafka.close();
        postgres.close();
        database.close();
        kafkaOfConsumer.close();
    }
}
