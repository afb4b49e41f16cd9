package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import io.sluice.testkit.Servers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs are there before what they need, and while it is taken from them. */
class AnyOrderIT {

    private final int kafkaPort = FreePort.find();
    private final int postgresPort = FreePort.find();
    private final Map<String, String> settings = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "127.0.0.1:" + kafkaPort,
            "DATABASE_URL",
            "postgresql://sluice:sluice@127.0.0.1:%d/sluice".formatted(postgresPort));

    @TempDir
    Path folder;

    @Test
    void whicheverComesFirstEventsFlowWhenAllAreThere() throws Exception {
        int apiPort = FreePort.find();
        int consumerPort = FreePort.find();
        try (ProgramRun api = start("api", apiPort);
                ProgramRun consumer = start("consumer", consumerPort)) {
            // Given
            Client apiClient = new Client(URI.create("http://127.0.0.1:" + apiPort));
            Client consumerClient = new Client(URI.create("http://127.0.0.1:" + consumerPort));
            awaitHealth(apiClient, "Kafka cannot be used", "PostgreSQL cannot be used");
            awaitHealth(consumerClient, "topics", "PostgreSQL cannot be used");
            assertRefused(apiClient);

            // When
            try (KafkaServer kafka =
                    KafkaServer.start(folder.resolve("kafka"), kafkaPort, folder.resolve("kafka.log"), Map.of())) {
                awaitHealth(apiClient, "topic messages does not exist; run init-job");
                assertRefused(apiClient);
                try (PostgresServer postgres = PostgresServer.start(
                        folder.resolve("postgres"), postgresPort, folder.resolve("postgres.log"), Map.of())) {
                    awaitHealth(consumerClient, "flyway_schema_history");
                    initialise();

                    // Then
                    awaitFlow(apiClient);

                    // When
                    deleteTopic();

                    // Then
                    await().untilAsserted(() -> assertRefused(apiClient));
                    awaitHealth(apiClient, "topic messages does not exist; run init-job");
                    awaitHealth(consumerClient, "not all exist; run init-job");

                    // When
                    Servers.provision(settings);

                    // Then
                    awaitFlow(apiClient);

                    // When
                    postAll(apiClient, 30);
                    deleteTopic();
                    Servers.provision(settings);

                    // Then
                    assertThat(postAll(apiClient, 40))
                            .allSatisfy(id ->
                                    assertThat(apiClient.read(id).status()).isEqualTo(200));
                    api.stop();
                    consumer.stop();
                    postgres.stop();
                }
                kafka.stop();
            }
        }
    }

    /** The domain invalid never has names: RFC 6761, section 6.4. */
    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer"})
    void aNameOfKafkaThatCannotBeResolvedIsWaitedForAndTheReasonIsSaid(String program) {
        // When
        try (ProgramRun run = ProgramRun.start(program, Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092"))) {
            await().until(() -> run.err().endsWith("\n"));

            // Then
            assertThat(run.err()).contains("KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092");
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    @Tag("matrix")
    void withoutMessagesTheApiWaitsForNoNameOfKafka() {
        // Given
        int port = FreePort.find();

        // When
        try (ProgramRun run = ProgramRun.start(
                "api",
                Map.of(
                        "FEATURES",
                        "none",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "kafka.invalid:9092",
                        "HTTP_PORT",
                        Integer.toString(port)))) {

            // Then
            awaitHealth(new Client(URI.create("http://127.0.0.1:" + port)), "not used: FEATURES has no messages");
            assertThat(run.err()).doesNotContain("kafka.invalid");
        }
    }

    @Test
    void withoutMessagesPostgresqlIsEnoughAndTheConsumerSaysThatItIsNotNeeded() {
        int port = FreePort.find();
        Map<String, String> alone = Map.of(
                "FEATURES",
                "tasks",
                "DATABASE_URL",
                settings.getOrDefault("DATABASE_URL", ""),
                "DATABASE_POOL_SIZE",
                "7",
                "HTTP_PORT",
                Integer.toString(port));
        try (PostgresServer postgres = PostgresServer.start(
                folder.resolve("postgres"), postgresPort, folder.resolve("postgres.log"), Map.of())) {
            // When
            try (ProgramRun initJob = ProgramRun.start("init-job", alone)) {
                // Then
                assertThat(initJob.exitCode()).as(initJob.err()).isZero();
                assertThat(initJob.out()).contains("none, because FEATURES has no messages", "schema");
            }

            // When
            try (ProgramRun consumer = ProgramRun.start("consumer", alone)) {
                // Then
                assertThat(consumer.exitCode()).isEqualTo(2);
                assertThat(consumer.err()).contains("so the consumer has nothing to do; leave it out");
            }

            // When
            Map<String, String> unresolvable = new HashMap<>(alone);
            unresolvable.put("KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092");
            try (ProgramRun api = ProgramRun.start("api", unresolvable)) {
                // Then
                Client client = new Client(URI.create("http://127.0.0.1:" + port));
                await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                        .until(() -> client.get("/health").status() == 200);
                assertThat(client.get("/health/ready").json().toString()).contains("the schema has been seen");
                assertThat(client.get("/health").json().toString())
                        .contains("schema version", "at most 7 connections", "not used: FEATURES has no messages");
                assertThat(api.out().lines().filter(line -> line.contains("database")))
                        .as("lines about the database")
                        .anyMatch(line -> line.contains("database-connected server=127.0.0.1:" + postgresPort + "/"))
                        .noneMatch(line -> line.contains("password") || line.contains("@127.0.0.1"));
                assertThat(client.get("/api/tasks").status()).isEqualTo(200);
                assertThat(api.err()).doesNotContain("kafka.invalid");
                api.stop();
            }
            postgres.stop();
        }
    }

    private void deleteTopic() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", settings.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "")))) {
            admin.deleteTopics(List.of("messages")).all().get();
        }
    }

    private void initialise() {
        try (ProgramRun initJob = start("init-job", 1)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isZero();
        }
    }

    /** Posts until it is accepted, and reads what was. */
    private static void awaitFlow(Client client) {
        String id = awaitAccepted(client);
        await().until(() -> client.read(id).status() == 200);
    }

    /** Posts so many to one partition, and says which were accepted. */
    private static List<String> postAll(Client client, int count) {
        return Stream.generate(() -> awaitAccepted(client)).limit(count).toList();
    }

    private static String awaitAccepted(Client client) {
        return await().pollDelay(Duration.ZERO)
                .until(() -> client.post("{\"key\":\"k\",\"payload\":1}"), answer -> answer.status() == 202)
                .id();
    }

    private static void assertRefused(Client client) {
        Answer refused = client.post("{\"payload\":1}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().get("code").textValue()).isEqualTo("not-accepted");
    }

    private static void awaitHealth(Client client, String... reasons) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(
                        () -> client.get("/health"),
                        health -> health.status() == 503 && saysAll(new String(health.body(), UTF_8), reasons));
    }

    private static boolean saysAll(String text, String... reasons) {
        for (String reason : reasons) {
            if (!text.contains(reason)) {
                return false;
            }
        }
        return true;
    }

    private ProgramRun start(String program, int port) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HTTP_PORT", Integer.toString(port));
        return ProgramRun.start(program, all);
    }
}
