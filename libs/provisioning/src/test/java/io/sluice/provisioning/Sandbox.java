package io.sluice.provisioning;

import static org.awaitility.Awaitility.await;

import io.sluice.contract.Topic;
import io.sluice.local.KafkaServer;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** A topic prefix and a database of the test on the shared servers. */
final class Sandbox implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Pattern DATABASE = Pattern.compile("^.*/([^/?]+)(\\?.*)?$");

    private final Map<Setting, String> environment = new EnumMap<>(Setting.class);
    private final Admin admin;

    Sandbox(KafkaServer kafka) {
        String name = "sandbox" + NUMBER.incrementAndGet();
        execute(Servers.postgres().adminUrl(), "create database " + name + " owner sluice");
        environment.put(Setting.KAFKA_BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        environment.put(Setting.TOPIC_PREFIX, name + ".");
        environment.put(Setting.DATABASE_URL, Servers.postgres().url().replaceFirst("sluice$", name));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    Sandbox with(Setting setting, String value) {
        environment.put(setting, value);
        return this;
    }

    ProvisioningSettings settings() {
        return Environment.read(
                name -> environment.entrySet().stream()
                        .filter(set -> set.getKey().name().equals(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null),
                ProvisioningSettings::new);
    }

    String databaseUrl() {
        return environment.getOrDefault(Setting.DATABASE_URL, "");
    }

    Plan provision() {
        return run(Plan.Mode.CARRY_OUT, Provisioning.DEFAULT_WAIT);
    }

    Plan dryRun() {
        return run(Plan.Mode.DRY_RUN, Provisioning.DEFAULT_WAIT);
    }

    Plan provisionWithin(Duration waitAtMost) {
        return run(Plan.Mode.CARRY_OUT, waitAtMost);
    }

    private Plan run(Plan.Mode mode, Duration waitAtMost) {
        Plan plan = new Plan(mode);
        new Provisioning(settings(), waitAtMost).run(plan);
        awaitBroker();
        return plan;
    }

    /**
     * Waits until the broker, which answers what a test asks, knows all that the controller has changed until now: it hears
     * of changes in their order, so it does when it knows a topic that was created last.
     */
    private void awaitBroker() {
        String last = "last-" + UUID.randomUUID();
        admin.createTopics(List.of(new NewTopic(last, 1, (short) 1)));
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .until(() -> admin.listTopics().names().get().contains(last));
    }

    String name(Topic topic) {
        return settings().kafka().topicName(topic);
    }

    /** The names of the topics here, without the prefix. */
    List<String> topics() throws ExecutionException, InterruptedException {
        String prefix = environment.getOrDefault(Setting.TOPIC_PREFIX, "");
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    void create(Topic topic, int partitions, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name(topic), partitions, (short) 1).configs(settings)))
                .all()
                .get();
        awaitBroker();
    }

    void delete(Topic topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(name(topic))).all().get();
    }

    int partitions(Topic topic) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of(name(topic))).allTopicNames().get();
        return found.get(name(topic)).partitions().size();
    }

    String setting(Topic topic, String setting) throws ExecutionException, InterruptedException {
        return admin.describeConfigs(List.of(resource(topic)))
                .all()
                .get()
                .get(resource(topic))
                .get(setting)
                .value();
    }

    /** The names of all settings that Kafka has for a topic. */
    List<String> settings(Topic topic) throws ExecutionException, InterruptedException {
        return admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic)).entries().stream()
                .map(ConfigEntry::name)
                .toList();
    }

    void set(Topic topic, String setting, String value) throws ExecutionException, InterruptedException {
        var set = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(set)))
                .all()
                .get();
        awaitBroker();
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name(topic));
    }

    /** The names of the tables. */
    List<String> tables() {
        String sql = "select string_agg(tablename, ',' order by tablename) from pg_tables where schemaname = 'public'";
        String names = query(sql);
        return names == null ? List.of() : List.of(names.split(","));
    }

    void execute(String sql) {
        execute(databaseUrl(), sql);
    }

    /** Executes a statement in the same database as the superuser. */
    void executeAsAdmin(String... statements) {
        for (String sql : statements) {
            execute(Servers.postgres().adminUrl().replaceFirst("[^/]+$", database()), sql);
        }
    }

    /** The database's name. */
    String database() {
        return DATABASE.matcher(databaseUrl()).replaceFirst("$1");
    }

    /** Takes another role, with its name for a password, and with parameters of the driver's. */
    Sandbox as(String role, String parameters) {
        String url = "jdbc:postgresql://%s/%s?user=%s&password=%3$s%s"
                .formatted(Servers.postgres().address(), database(), role, parameters);
        return with(Setting.DATABASE_URL, url);
    }

    /** The first column of the first row. */
    String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a connection. */
    Connection connect() throws SQLException {
        return connect(databaseUrl());
    }

    private static Connection connect(String url) throws SQLException {
        DatabaseUrl database = DatabaseUrl.parse(url);
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    @Override
    public void close() {
        admin.close();
    }
}
