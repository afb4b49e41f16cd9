package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.Environment;
import io.sluice.testkit.OutboxRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged api and worker with the feature images alone, and so with PostgreSQL and a directory alone; the worker is killed at its work. */
class ImagesAloneIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final DiscImage COINS = new DiscImage(2);

    @TempDir
    Path folder;

    @Test
    void anImageIsAnalysedOnceWithoutKafkaAlsoIfTheWorkerIsKilledBeforeItsResultIsWritten() throws Exception {
        try (PostgresServer postgres =
                PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of())) {
            // Given
            Map<String, String> settings = Map.of(
                    "FEATURES",
                    "images",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "",
                    "DATABASE_URL",
                    postgres.url(),
                    "STORAGE_URL",
                    folder.resolve("storage").toUri().toString());
            new Provisioning(Environment.read(settings::get, ProvisioningSettings::new), Provisioning.DEFAULT_WAIT)
                    .run(new Plan(Plan.Mode.CARRY_OUT));
            OutboxRows database = new OutboxRows(postgres.url());
            try (Program api = start("api", settings);
                    Program worker = start("worker", settings)) {
                Client client = new Client(api.url());

                // When
                String image = uploadAndKill(worker, client, database);
                worker.start();

                // Then
                await().until(() -> status(client, image), "done"::equals);
                JsonNode analysed = client.get(image).json();
                assertThat(analysed.path("version").intValue()).isEqualTo(3);
                assertThat(client.get(image + "/objects").json().path("items")).hasSize(COINS.discs());
                assertThat(client.get(image + "/overlay.png").status()).isEqualTo(200);
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

    /** Kills the worker between its work and the end of the transaction that writes the result, which waits for a lock. */
    private static String uploadAndKill(Program worker, Client client, OutboxRows database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table image_objects in exclusive mode");
            Answer uploaded = client.send("POST", "/api/v1/images", COINS.png(), "Content-Type", "image/png");
            assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(202);
            await().until(() ->
                    count(database, "pg_locks where relation = 'image_objects'::regclass and not granted") > 0);
            worker.kill();
            String image = uploaded.header("Location");
            assertThat(status(client, image)).isEqualTo("running");
            connection.rollback();
            return image;
        }
    }

    private static String status(Client client, String image) {
        return client.get(image).json().path("status").textValue();
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
