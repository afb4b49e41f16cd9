package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.testkit.PgBouncer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from the programs to PostgreSQL need not know more than the protocol: neither a pooler's nor the JVM's settings matter. */
class PoolerIT {

    /** A zone that Java knows by this name and PostgreSQL does not: India's. */
    private static final String ZONE = "-Duser.timezone=IST";

    /** More than the driver takes to give a statement a name: its prepareThreshold is 5. */
    private static final int EVENTS = 20;

    private final String prefix = "pooler-" + UUID.randomUUID() + ".";

    @TempDir
    Path folder;

    @Test
    void aZoneThatPostgresqlDoesNotKnowIsNoneOfItsBusinessAndLogsKeepIt() {
        String log = eventsTravel(Sluice.platform().postgres().url());

        assertThat(log).containsPattern("\\d\\+05:30 INFO ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void eventsTravelThroughPgBouncer(String mode) {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer here");
        try (PgBouncer pooler = PgBouncer.start(Sluice.platform().postgres().url(), mode, folder)) {
            if (mode.equals("transaction")) {
                isRefused(pooler.url());
                isRefused(pooler.url(), "retention");
            }
            String log = eventsTravel(pooler.url());

            // What fails is tried again, and then on another connection: it would be slow, and seen here alone.
            assertThat(log).doesNotContain("prepared statement", "intake-paused", "read-failed");
        }
    }

    private void isRefused(String databaseUrl, String... command) {
        try (ProgramRun initJob = start("init-job", databaseUrl, 1, Map.of(), command)) {
            assertThat(initJob.exitCode()).isEqualTo(5);
            assertThat(initJob.err()).contains("behind a pooler in transaction mode", "Set MIGRATION_DATABASE_URL");
        }
    }

    /** Returns what api and consumer have logged. */
    private String eventsTravel(String databaseUrl) {
        Map<String, String> directly =
                Map.of("MIGRATION_DATABASE_URL", Sluice.platform().postgres().url());
        try (ProgramRun initJob = start("init-job", databaseUrl, 1, directly)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isZero();
        }
        int port = FreePort.find();
        try (ProgramRun api = start("api", databaseUrl, port);
                ProgramRun consumer = start("consumer", databaseUrl, FreePort.find())) {
            Client client = new Client(URI.create("http://127.0.0.1:" + port));
            await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                    .until(() -> client.get("/health/ready").status() == 200);
            for (int i = 0; i < EVENTS; i++) {
                Answer posted = client.post("{\"payload\":%d}".formatted(i));
                assertThat(posted.status()).isEqualTo(202);
                await().untilAsserted(() -> assertThat(
                                client.get("/api/v1/messages/" + posted.id()).status())
                        .as(consumer.out())
                        .isEqualTo(200));
            }
            return api.out() + consumer.out();
        }
    }

    private ProgramRun start(String program, String databaseUrl, int port) {
        return start(program, databaseUrl, port, Map.of());
    }

    private ProgramRun start(
            String program, String databaseUrl, int port, Map<String, String> more, String... arguments) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("JAVA_TOOL_OPTIONS", ZONE);
        settings.put("TOPIC_PREFIX", prefix);
        settings.put("KAFKA_GROUP_ID", prefix);
        settings.put("HTTP_PORT", Integer.toString(port));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", Sluice.platform().kafka().bootstrapServers());
        settings.put("DATABASE_URL", databaseUrl);
        return ProgramRun.start(program, settings, arguments);
    }
}
