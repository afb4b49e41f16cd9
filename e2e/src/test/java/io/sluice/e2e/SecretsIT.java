package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.settings.DatabaseUrl;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import java.net.URI;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs say everything they can, and the database's password is not in it. */
class SecretsIT {

    private static final String SECRET = "s3cret";

    /** Every character that means something to URLs, and one beyond ASCII. */
    private static final String PASSWORD = SECRET + "/@:?#&=%+ 'é";

    private static final int DONE = 0;
    private static final int DATABASE = 4;

    private enum Database {
        ANSWERS("up", "keeper", DONE),
        REFUSES("down", "sluice", DATABASE),
        IS_AWAY("down", "sluice", DATABASE);

        private final String health;
        private final String user;
        private final int exitCodeOfInitJob;

        Database(String health, String user, int exitCodeOfInitJob) {
            this.health = health;
            this.user = user;
            this.exitCodeOfInitJob = exitCodeOfInitJob;
        }

        /** With a password for the key of a certificate, too, which only the driver reads. */
        String url() {
            String server = Sluice.platform().postgres().address();
            return "jdbc:postgresql://%s/sluice?user=%s&password=%s&sslpassword=%s"
                    .formatted(
                            this == IS_AWAY ? "127.0.0.1:1" : server,
                            user,
                            URLEncoder.encode(PASSWORD, UTF_8),
                            URLEncoder.encode(PASSWORD, UTF_8));
        }
    }

    @BeforeAll
    static void makeAUserWithThatPassword() throws SQLException {
        DatabaseUrl admin = DatabaseUrl.parse(Sluice.platform().postgres().adminUrl());
        try (Connection connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop role if exists keeper");
            statement.execute("create role keeper login in role sluice password " + statement.enquoteLiteral(PASSWORD));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherLogsNorAnswersHoldThePassword(Database database) {
        // Given
        List<String> said = new ArrayList<>();
        int apiPort = FreePort.find();
        int consumerPort = FreePort.find();
        int apiMetrics = FreePort.find();
        int consumerMetrics = FreePort.find();

        // When
        try (ProgramRun initJob = start("init-job", database, 1, 2, "--wait-at-most=2s");
                ProgramRun api = start("api", database, apiPort, apiMetrics);
                ProgramRun consumer = start("consumer", database, consumerPort, consumerMetrics)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isEqualTo(database.exitCodeOfInitJob);
            said.addAll(answers(apiPort, database, "/openapi", "/docs/", "/api/v1/messages", "/nothing"));
            said.addAll(answers(consumerPort, database));
            said.add(answer(apiMetrics, "/metrics"));
            said.add(answer(consumerMetrics, "/metrics"));
            for (ProgramRun run : List.of(initJob, api, consumer)) {
                run.stop();
                said.add(run.out() + run.err());
            }

            // Then
            assertThat(api.out()).contains(" TRACE ");
            assertThat(consumer.out()).contains(" TRACE ");
            assertThat(initJob.err()).contains(" TRACE ");
        }
        assertThat(said).allSatisfy(text -> assertThat(text).isNotEmpty().doesNotContain(SECRET));
    }

    private static ProgramRun start(String program, Database database, int port, int metrics, String... arguments) {
        return ProgramRun.start(
                program,
                Map.of(
                        "LOG_LEVEL", "TRACE",
                        "TOPIC_PREFIX", "secrets.",
                        "HTTP_PORT", Integer.toString(port),
                        "MANAGEMENT_PORT", Integer.toString(metrics),
                        "KAFKA_BOOTSTRAP_SERVERS", Sluice.platform().kafka().bootstrapServers(),
                        "DATABASE_URL", database.url()),
                arguments);
    }

    /** Waits until the program has tried the database, and reads what it tells about itself. */
    private static List<String> answers(int port, Database database, String... more) {
        Client client = new Client(URI.create("http://127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> healthOfDatabase(client).equalsIgnoreCase(database.health));
        List<String> paths = new ArrayList<>(List.of("/health", "/health/ready", "/health/started"));
        paths.addAll(List.of(more));
        return paths.stream().map(path -> answer(port, path)).toList();
    }

    private static String answer(int port, String path) {
        return new String(
                new Client(URI.create("http://127.0.0.1:" + port)).get(path).body(), UTF_8);
    }

    private static String healthOfDatabase(Client client) {
        Answer health = client.get("/health");
        for (var check : health.json().get("checks")) {
            if (check.get("name").textValue().equals("database")) {
                return check.get("status").textValue();
            }
        }
        return "not checked";
    }
}
