package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's password is in a file, as Kubernetes mounts a Secret, and is changed while events come. */
@Tag("slow")
class RotationIT {

    private static final String FIRST = "f1rst-secret";
    private static final String SECOND = "sec0nd-secret";

    private final Table table = new Table();
    private final Table administrator = new Table(Sluice.platform().postgres().adminUrl());

    @TempDir
    Path mounted;

    @BeforeEach
    void mountTheFirst() throws IOException {
        administrator.execute(
                "drop role if exists rotated", "create role rotated login in role sluice password '" + FIRST + "'");
        mount(FIRST);
        Files.createSymbolicLink(mounted.resolve("url"), Path.of("..data", "url"));
    }

    @Test
    void aChangedPasswordIsTakenFromTheFileWithoutARestartAndNoEventIsLost() throws Exception {
        String prefix = "rotation-" + UUID.randomUUID() + ".";
        int apiPort = FreePort.find();
        int consumerPort = FreePort.find();
        try (ProgramRun initJob = start("init-job", prefix, 1)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isZero();
        }
        try (ProgramRun api = start("api", prefix, apiPort);
                ProgramRun consumer = start("consumer", prefix, consumerPort)) {
            // Given
            Client apiClient = new Client(URI.create("http://127.0.0.1:" + apiPort));
            Client consumerClient = new Client(URI.create("http://127.0.0.1:" + consumerPort));
            awaitHealth(apiClient, 200);
            awaitHealth(consumerClient, 200);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<List<UUID>> load =
                    CompletableFuture.supplyAsync(() -> postUntil(enough, apiClient, prefix));
            await().until(() -> !table.withSubject(prefix).isEmpty());

            // When
            administrator.execute(
                    "alter role rotated password '" + SECOND + "'",
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rotated'");

            // Then
            awaitHealth(apiClient, 503);
            awaitHealth(consumerClient, 503);
            await().untilAsserted(() -> assertThat(said(apiClient)).contains("password authentication failed"));
            await().untilAsserted(() ->
                    assertThat(said(consumerClient)).contains("waits for", "28P01", "password authentication failed"));
            assertThat(apiClient.get("/health/ready").status()).isEqualTo(200);

            // When
            mount(SECOND);

            // Then
            awaitHealth(apiClient, 200);
            awaitHealth(consumerClient, 200);
            enough.set(true);
            List<UUID> accepted = load.join();
            await().untilAsserted(() -> assertThat(table.withSubject(prefix))
                    .extracting(Table.Row::id)
                    .containsExactlyInAnyOrderElementsOf(accepted));
            for (ProgramRun program : List.of(api, consumer)) {
                program.stop();
                assertThat(program.out() + program.err()).contains(" TRACE ").doesNotContain(FIRST, SECOND);
            }
        }
    }

    private static List<UUID> postUntil(AtomicBoolean enough, Client client, String subject) {
        List<UUID> accepted = new ArrayList<>();
        while (!enough.get()) {
            Answer answer = client.post("{\"subject\":\"%s\",\"payload\":1}".formatted(subject));
            assertThat(answer.status()).isEqualTo(202);
            accepted.add(UUID.fromString(answer.id()));
        }
        return accepted;
    }

    private ProgramRun start(String program, String prefix, int port) {
        return ProgramRun.start(
                program,
                Map.of(
                        "LOG_LEVEL",
                        "TRACE",
                        "TOPIC_PREFIX",
                        prefix,
                        "KAFKA_GROUP_ID",
                        prefix,
                        "HTTP_PORT",
                        Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        Sluice.platform().kafka().bootstrapServers(),
                        "DATABASE_URL_FILE",
                        mounted.resolve("url").toString()));
    }

    /** As the kubelet does: a new folder, and a link to it that is replaced in one step. */
    private void mount(String password) throws IOException {
        Path version = Files.createDirectory(mounted.resolve("..version-" + UUID.randomUUID()));
        String server = Sluice.platform().postgres().address();
        Files.writeString(version.resolve("url"), "postgresql://rotated:%s@%s/sluice\n".formatted(password, server));
        Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), version.getFileName());
        Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitHealth(Client client, int status) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> client.get("/health").status() == status);
    }

    private static String said(Client client) {
        return new String(client.get("/health").body(), UTF_8);
    }
}
