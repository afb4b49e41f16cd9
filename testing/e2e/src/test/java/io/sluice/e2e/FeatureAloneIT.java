package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.testkit.OutboxRows;
import io.sluice.testkit.PdfFile;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged api and worker with one feature alone, and so with PostgreSQL and a directory alone; the worker is killed at its work. */
class FeatureAloneIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final DiscImage COINS = new DiscImage(2);

    @TempDir
    Path folder;

    /** The programs that are running. */
    private record Running(Client client, OutboxRows database, Program worker) {}

    @Test
    void anImageIsAnalysedOnceWithoutKafkaAlsoIfTheWorkerIsKilledBeforeItsResultIsWritten() throws Exception {
        with("images", running -> {
            // When
            String image = uploadAndKill(running, "images", COINS.png(), "image/png", "image_objects");
            running.worker().start();

            // Then
            await().until(() -> status(running, image), "done"::equals);
            JsonNode analysed = running.client().get(image).json();
            assertThat(analysed.path("version").intValue()).isEqualTo(3);
            assertThat(running.client().get(image + "/objects").json().path("items"))
                    .hasSize(COINS.discs());
            assertThat(running.client().get(image + "/overlay.png").status()).isEqualTo(200);
        });
    }

    @Test
    @Tag("matrix")
    void aDocumentIsReadOnceWithoutKafkaAlsoIfTheWorkerIsKilledBeforeItsPassagesAreWritten() throws Exception {
        with("documents", running -> {
            // When
            byte[] pdf = PdfFile.of("Take one tablet a day.", "Take no more.");
            String document = uploadAndKill(running, "documents", pdf, "application/pdf", "passages");
            assertThat(running.client().get(document + "/passages").status()).isEqualTo(404);
            running.worker().start();

            // Then
            await().until(() -> status(running, document), "ready"::equals);
            assertThat(running.client().get(document).json().path("version").intValue())
                    .isEqualTo(3);
            assertThat(running.client()
                            .get(document + "/passages")
                            .json()
                            .path("items")
                            .findValuesAsText("page"))
                    .containsExactly("1", "2");
        });
    }

    /** Steps of a test with these programs. */
    private interface Steps {
        void with(Running running) throws Exception;
    }

    private void with(String feature, Steps steps) throws Exception {
        try (PostgresServer postgres =
                PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of())) {
            // Given
            Map<String, String> settings = Map.of(
                    "FEATURES",
                    feature,
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "",
                    "DATABASE_URL",
                    postgres.url(),
                    "STORAGE_URL",
                    folder.resolve("storage").toUri().toString());
            Servers.provision(settings);
            OutboxRows database = new OutboxRows(postgres.url());
            try (Program api = start("api", settings);
                    Program worker = start("worker", settings)) {
                steps.with(new Running(new Client(api.url()), database, worker));

                assertThat(count(database, "jobs where state = 'done' and attempt = 2 and deaths = 1"))
                        .isEqualTo(1);
                assertThat(count(database, "outbox"))
                        .as("events that nobody would publish")
                        .isZero();
            }
        }
    }

    private Program start(String module, Map<String, String> settings) throws IOException {
        return Program.start(PROJECT, module, Files.createDirectories(folder.resolve(module)), settings);
    }

    /** Kills the worker between its work and the end of the transaction that writes the result, which waits for a lock on that table. */
    private static String uploadAndKill(Running running, String feature, byte[] content, String mediaType, String table)
            throws SQLException {
        try (Connection connection = running.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + table + " in exclusive mode");
            Answer uploaded = running.client().send("POST", "/api/v1/" + feature, content, "Content-Type", mediaType);
            assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(202);
            String waiting = "pg_locks where relation = '%s'::regclass and not granted".formatted(table);
            await().until(() -> count(running.database(), waiting) > 0);
            running.worker().kill();
            String location = uploaded.header("Location");
            assertThat(status(running, location)).isEqualTo("running");
            connection.rollback();
            return location;
        }
    }

    private static String status(Running running, String path) {
        return running.client().get(path).json().path("status").textValue();
    }

    private static long count(OutboxRows database, String rows) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from " + rows)) {
            result.next();
            return result.getLong(1);
        }
    }
}
