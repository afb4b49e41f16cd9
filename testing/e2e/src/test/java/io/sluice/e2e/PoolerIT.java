package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.local.PostgresServer;
import io.sluice.testkit.PgBouncer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from the programs to PostgreSQL need not know more than the protocol: neither a pooler's nor the JVM's settings matter. */
class PoolerIT {

    /** A zone that Java knows by this name and PostgreSQL does not: India's. */
    private static final String ZONE = "-Duser.timezone=IST";

    private static final String ZONE_IN_LOGS = "\\d\\+05:30 INFO ";

    /** More than the driver takes to give a statement a name: its prepareThreshold is 5. */
    private static final int EVENTS = 20;

    /** Of each kind; the worker executes some statements more than once for each. */
    private static final int JOBS = 3;

    private final String prefix = "pooler-" + UUID.randomUUID() + ".";

    private final int port = FreePort.find();

    @TempDir
    Path folder;

    @Test
    @Tag("matrix")
    void aZoneThatPostgresqlDoesNotKnowIsNoneOfItsBusinessAndLogsKeepIt() {
        String database = Sluice.platform().postgres().url();
        succeeds(database, database);
        try (ProgramRun api = start("api", database);
                ProgramRun consumer = start("consumer", database)) {
            eventsTravel(client(), consumer);

            assertThat(api.out() + consumer.out()).containsPattern(ZONE_IN_LOGS);
        }
    }

    @Test
    void allThatProgramsDoGoesThroughPgBouncer() {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer here");
        try (PostgresServer postgres = startPostgres();
                PgBouncer pooler = PgBouncer.start(postgres.url(), "transaction", folder)) {
            isRefused(pooler.url());
            isRefused(pooler.url(), "retention");
            allIsDone(pooler.url(), postgres.url());
        }
    }

    @Test
    @Tag("matrix")
    void allThatProgramsDoGoesThroughPgBouncerThatKeepsSessions() {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer here");
        try (PostgresServer postgres = startPostgres();
                PgBouncer pooler = PgBouncer.start(postgres.url(), "session", folder)) {
            allIsDone(pooler.url(), postgres.url());
        }
    }

    @Test
    void statementsCanBePreparedWherePgBouncerKnowsThem() {
        assumeTrue(PgBouncer.knowsPreparedStatements(), "there is no pgbouncer from 1.21 on here");
        try (PostgresServer postgres = startPostgres();
                PgBouncer pooler =
                        PgBouncer.start(postgres.url(), "transaction", folder, "max_prepared_statements = 200")) {
            allIsDone(pooler.url() + "?prepareThreshold=5", postgres.url());
        }
    }

    private PostgresServer startPostgres() {
        return PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of());
    }

    private void allIsDone(String databaseUrl, String directUrl) {
        succeeds(databaseUrl, directUrl);
        try (ProgramRun api = start("api", databaseUrl);
                ProgramRun consumer = start("consumer", databaseUrl);
                ProgramRun worker = start("worker", databaseUrl)) {
            Client client = client();
            eventsTravel(client, consumer);
            changesOfATaskAreEvents(client);
            jobsAreDone(client);

            // What fails is tried again, and then on another connection: it would be slow, and seen here alone.
            assertThat(api.out() + consumer.out() + worker.out())
                    .doesNotContain("prepared statement", "-paused", "-failed", "jobs-wait", "job-retried")
                    .containsPattern(ZONE_IN_LOGS);
        }
        succeeds(databaseUrl, directUrl, "retention");
    }

    private void isRefused(String databaseUrl, String... command) {
        try (ProgramRun initJob = start("init-job", databaseUrl, Map.of(), command)) {
            assertThat(initJob.exitCode()).isEqualTo(5);
            assertThat(initJob.err()).contains("behind a pooler in transaction mode", "Set MIGRATION_DATABASE_URL");
        }
    }

    private void succeeds(String databaseUrl, String directUrl, String... command) {
        Map<String, String> directly = Map.of("MIGRATION_DATABASE_URL", directUrl);
        try (ProgramRun initJob = start("init-job", databaseUrl, directly, command)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isZero();
        }
    }

    private static void eventsTravel(Client client, ProgramRun consumer) {
        for (int i = 0; i < EVENTS; i++) {
            Answer posted = client.post("{\"payload\":%d}".formatted(i));
            assertThat(posted.status()).isEqualTo(202);
            await().untilAsserted(() -> assertThat(
                            client.get("/api/v1/messages/" + posted.id()).status())
                    .as(consumer.out())
                    .isEqualTo(200));
        }
    }

    /** By the outbox, whose relay holds its lease through the pooler, too. */
    private static void changesOfATaskAreEvents(Client client) {
        String task = client.send(
                        "POST",
                        "/api/v1/tasks",
                        "{\"title\":\"a\"}".getBytes(UTF_8),
                        "Content-Type",
                        "application/json")
                .header("Location");
        for (int version = 2; version <= EVENTS; version++) {
            String change = version % 2 == 0 ? "/complete" : "/reopen";
            assertThat(client.send("POST", task + change).status()).isEqualTo(200);
        }
        await().until(() -> client.get(task + "/activity").json().path("items").size() == EVENTS);
    }

    private static void jobsAreDone(Client client) {
        for (int i = 1; i <= JOBS; i++) {
            byte[] image = new DiscImage(1).png();
            String analysed = client.upload("/api/v1/images", "coins.png", "image/png", image)
                    .header("Location");
            byte[] text = "Take %d tablets a day.".formatted(i).getBytes(UTF_8);
            String read = client.upload("/api/v1/documents", "leaflet.txt", "text/plain", text)
                    .header("Location");
            await().until(() -> status(client, analysed), "done"::equals);
            await().until(() -> status(client, read), "ready"::equals);
        }
    }

    private static String status(Client client, String path) {
        return client.get(path).json().path("status").textValue();
    }

    /** Of the api, once it is ready. */
    private Client client() {
        Client client = new Client(URI.create("http://127.0.0.1:" + port));
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> client.get("/health/ready").status() == 200);
        return client;
    }

    private ProgramRun start(String program, String databaseUrl) {
        return start(program, databaseUrl, Map.of());
    }

    private ProgramRun start(String program, String databaseUrl, Map<String, String> more, String... arguments) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("JAVA_TOOL_OPTIONS", ZONE);
        settings.put("TOPIC_PREFIX", prefix);
        settings.put("KAFKA_GROUP_ID", prefix);
        settings.put("HTTP_PORT", Integer.toString(program.equals("api") ? port : FreePort.find()));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", Sluice.platform().kafka().bootstrapServers());
        settings.put("DATABASE_URL", databaseUrl);
        settings.put("STORAGE_URL", folder.resolve("storage").toUri().toString());
        return ProgramRun.start(program, settings, arguments);
    }
}
