package io.sluice.initjob;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.initjob.PackagedInitJob.Result;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a broker that makes topics by itself, as brokers do by default, which is to make no difference. */
@Timeout(60)
class InitJobIT {

    /** A reserved port without a listener. */
    private static final String NOBODY = "127.0.0.1:1";

    /** Lines about the migrations, in the order of their versions. */
    private static final List<String> MIGRATIONS = migrations();

    /** Both topics, and the migrations. */
    private static final int CHANGES = 2 + MIGRATIONS.size();

    private static Servers servers;
    private static int number;

    private final Map<String, String> settings = new HashMap<>();
    private String name;

    @BeforeAll
    static void startServers() {
        servers = Servers.start(Map.of("auto.create.topics.enable", "true", "num.partitions", "2"));
    }

    private static List<String> migrations() {
        Path folder = Path.of("../libs/provisioning/src/main/resources/db/migration");
        return Stream.of(Objects.requireNonNull(folder.toFile().list()))
                .sorted(Comparator.comparingInt(file -> Integer.parseInt(file.replaceFirst("V(\\d+)__.*", "$1"))))
                .map(file -> file.replaceFirst("V(\\d+)__(.*)\\.sql", "migrated database schema to version $1, $2")
                        .replace('_', ' '))
                .toList();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void useADatabaseAndTopicsOfOnesOwn() throws SQLException {
        name = "job" + ++number;
        execute(servers.postgres().adminUrl(), "create database " + name + " owner sluice");
        settings.put("KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers());
        settings.put("DATABASE_URL", databaseUrl());
        settings.put("TOPIC_PREFIX", name + ".");
    }

    @Test
    void makesTopicsAndSchemaAndTellsIt() throws Exception {
        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .isEqualToNormalizingWhitespace(
                        """
                created   topic %1$s.messages      12 partitions, replication factor 1
                created   topic %1$s.dead-letters  12 partitions, replication factor 1
                %2$s
                %3$d changes made.
                """
                                .formatted(name, String.join("\n", MIGRATIONS), CHANGES));
        assertThat(partitions("messages")).isEqualTo(12);
        assertThat(partitions("dead-letters")).isEqualTo(12);
    }

    @Test
    void findsNothingToDoASecondTime() throws Exception {
        // Given
        Result first = PackagedInitJob.run(settings);

        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(first.out()).endsWith(CHANGES + " changes made.\n");
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(result.out()).endsWith("Nothing was to do.\n");
        assertThat(partitions("messages")).isEqualTo(12);
        assertThat(partitions("dead-letters")).isEqualTo(12);
    }

    @Test
    void onlyTellsWhatIsToBeDoneUnderADryRun() {
        // When
        Result announced = PackagedInitJob.run(settings, "--dry-run");

        // Then
        assertThat(announced.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(announced.out())
                .contains("would create")
                .endsWith("Dry run: " + CHANGES + " changes would be made.\n");
        assertThat(provision().changes()).hasSize(CHANGES);
    }

    @Test
    void canRunTwiceAtOnce() {
        // Given
        List<PackagedInitJob> jobs =
                Stream.generate(() -> PackagedInitJob.start(settings)).limit(2).toList();

        // When
        List<Result> results = jobs.stream().map(PackagedInitJob::end).toList();

        // Then
        assertThat(results).extracting(Result::exitCode).containsOnly(ExitCode.DONE.number());
        assertThat(results.stream().flatMap(result -> result.out().lines()))
                .filteredOn(line -> line.startsWith("created") || line.startsWith("migrated"))
                .hasSize(CHANGES);
    }

    @Test
    void namesEveryWrongSettingAtOnce() {
        // Given
        settings.put("TOPIC_PARTITIONS", "0");
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "nowhere");
        settings.put("DATABASE_URL", "mysql://sluice:hush@localhost/sluice");
        settings.put("LOG_FORMAT", "xml");

        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(result.err())
                .contains("TOPIC_PARTITIONS", "KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL", "LOG_FORMAT")
                .doesNotContain("hush");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void givesUpOnKafkaThatIsAway() {
        // Given
        settings.put("KAFKA_BOOTSTRAP_SERVERS", NOBODY);

        // When
        Result result = PackagedInitJob.run(settings, "--wait-at-most=1s");

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.KAFKA.number());
        assertThat(result.err().lines())
                .last()
                .asString()
                .contains("ERROR")
                .endsWith(" Kafka at 127.0.0.1:1: gave up after 1 s: no broker answers");
    }

    @Test
    void givesUpOnADatabaseThatIsAway() {
        // Given
        settings.put("DATABASE_URL", "postgresql://sluice:hush@" + NOBODY + "/sluice");

        // When
        Result result = PackagedInitJob.run(settings, "--wait-at-most=1s");

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.DATABASE.number());
        assertThat(result.err())
                .contains("PostgreSQL at 127.0.0.1:1/sluice: gave up after 1 s: ")
                .doesNotContain("hush");
    }

    @Test
    @Timeout(30)
    void doesNotWaitForWhatDoesNotPassByItself() {
        // Given
        settings.put("DATABASE_URL", databaseUrl().replace("sluice:sluice@", "sluice:hush@"));

        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.DATABASE.number());
        assertThat(result.err().lines())
                .last()
                .asString()
                .contains(
                        "ERROR", "password authentication failed for user", "Correct user or password in DATABASE_URL")
                .doesNotContain("hush");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AET", "GMT+05:30"})
    void asksForUtcWhateverTheTimeZoneOfTheJvm(String zone) {
        // Given
        settings.put("JAVA_TOOL_OPTIONS", "-Duser.timezone=" + zone);

        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE.number());
        assertThat(result.out()).endsWith(CHANGES + " changes made.\n");
    }

    @Test
    void refusesASchemaWhoseMigrationsAreNotItsOwn() throws SQLException {
        // Given
        provision();
        execute(databaseUrl(), "update flyway_schema_history set checksum = checksum + 1 where version = '1'");

        // When
        Result result = PackagedInitJob.run(settings);

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.MIGRATION.number());
        assertThat(result.err()).contains("checksum mismatch");
        assertThat(result.out()).contains("unchanged  topic");
    }

    @Test
    void writesEachLineAsJsonOnRequest() {
        // Given
        settings.put("KAFKA_BOOTSTRAP_SERVERS", NOBODY);
        settings.put("LOG_FORMAT", "JSON");
        settings.put("LOG_LEVEL", "");

        // When
        Result result = PackagedInitJob.run(settings, "--wait-at-most=1s");

        // Then
        assertThat(result.err().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"))
                .last()
                .asString()
                .contains(
                        "\"level\":\"ERROR\"",
                        "\"message\":\"Kafka at 127.0.0.1:1: gave up after 1 s: no broker answers\"");
    }

    @Test
    void endsAtOnceWhenItIsStoppedWhileWaiting() {
        // Given
        settings.put("DATABASE_URL", "postgresql://sluice:sluice@" + NOBODY + "/sluice");
        PackagedInitJob job = PackagedInitJob.start(settings);
        await().until(() -> job.err().contains("Waiting for PostgreSQL at 127.0.0.1:1/sluice: "));

        // When
        long before = System.nanoTime();
        job.terminate();
        Result result = job.end();

        // Then
        assertThat(result.exitCode()).isNotEqualTo(ExitCode.DONE.number());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void deletesWhatHasBeenKeptForLongEnough() throws SQLException {
        // Given
        provision();
        execute(
                databaseUrl(),
                """
                insert into messages (id, type, caller, time, payload, fingerprint, stored_at)
                select gen_random_uuid(), 'message', 'anonymous', now(), '1', sha256('1'), now() - number * interval '1 day'
                from generate_series(1, 10) number
                """);
        settings.put("RETENTION_DAYS", "5");
        settings.put("KAFKA_BOOTSTRAP_SERVERS", NOBODY);

        // When
        Result result = PackagedInitJob.run(settings, "retention");

        // Then
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("^deleted +table messages +6 rows with stored_at before ")
                .endsWith("1 change made.\n");
    }

    @Test
    void endsAtOnceWhenItIsStoppedWhileDeleting() throws SQLException {
        // Given
        provision();
        execute(
                databaseUrl(),
                """
                insert into messages (id, type, caller, time, payload, fingerprint, stored_at)
                select gen_random_uuid(), 'message', 'anonymous', now(), '1', sha256('1'),
                       now() - interval '31 days' + number * interval '1 microsecond'
                from generate_series(1, 200000) number
                """);
        PackagedInitJob job = PackagedInitJob.start(settings, "retention");
        await().until(() -> count() < 200_000);

        // When
        job.terminate();
        Result result = job.end();

        // Then
        assertThat(result.exitCode()).isNotEqualTo(ExitCode.DONE.number());
        assertThat(count()).isPositive().satisfies(rows -> assertThat(rows % 1_000)
                .isZero());
        assertThat(PackagedInitJob.run(settings, "retention").exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(count()).isZero();
    }

    /** Does what the program does, in this process. */
    private Plan provision() {
        ProvisioningSettings given = Environment.read(settings::get, ProvisioningSettings::new);
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);
        new Provisioning(given, Provisioning.DEFAULT_WAIT).run(plan);
        return plan;
    }

    private String databaseUrl() {
        return servers.postgres().url().replaceFirst("sluice$", name);
    }

    private long count() {
        return new Messages(databaseUrl()).count();
    }

    private int partitions(String topic) throws Exception {
        String fullName = name + "." + topic;
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(fullName)).allTopicNames().get();
            return found.get(fullName).partitions().size();
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        DatabaseUrl database = DatabaseUrl.parse(url);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
