package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.QuestionClient.Answered;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.testkit.RedisServer;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions while worker, PostgreSQL and Redis are killed in turn: whoever asks again gets the answer, and nothing is lost. */
@Tag("slow")
class ChatFaultsIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final int CLIENTS = 4;

    /** Questions under way when something breaks, and as many again while it is broken. */
    private static final int QUESTIONS = 10;

    /** Medicines of which a document each says how much is taken; the others are uploaded while things break. */
    private static final int UPLOADED_BEFORE = 10;

    @TempDir
    static Path folder;

    private static PostgresServer postgres;
    private static RedisServer redis;
    private static Program worker;
    private static Program api;
    private static ExecutorService clients;

    private final QuestionClient client = new QuestionClient(api.url());
    private final Client reader = new Client(api.url());
    private final List<String> documents = new ArrayList<>();
    private final List<Answered> answered = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        clients = Executors.newFixedThreadPool(CLIENTS);
        postgres = PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of());
        Map<String, String> settings = new HashMap<>(Map.of(
                "FEATURES",
                "documents,chat",
                "KAFKA_BOOTSTRAP_SERVERS",
                "",
                "DATABASE_URL",
                postgres.url(),
                "STORAGE_URL",
                folder.resolve("storage").toUri().toString(),
                "WORKER_TOKEN",
                "a-token-of-tests-0123456789-0123456789"));
        Servers.provision(settings);
        worker = start("worker", settings);
        settings.put("WORKER_URL", worker.address());
        redis = RedisServer.start();
        settings.put("REDIS_URL", redis.url());
        api = start("api", settings);
    }

    private static Program start(String module, Map<String, String> settings) throws IOException {
        return Program.start(PROJECT, module, Files.createDirectories(folder.resolve(module)), settings);
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        api.close();
        worker.close();
        redis.close();
        postgres.close();
    }

    @Test
    void aHundredQuestionsAreAnsweredAndNothingIsLost() throws Exception {
        // Given
        for (int i = 0; i < UPLOADED_BEFORE; i++) {
            documents.add(client.upload(text(i)));
        }
        awaitDocuments();

        // When
        whileBroken(worker::kill, worker::start);
        whileBroken(postgres::kill, this::startPostgres);
        whileBroken(
                () -> {
                    postgres.kill();
                    worker.kill();
                },
                () -> {
                    startPostgres();
                    worker.start();
                });
        whileBroken(redis::kill, redis::restart);
        whileBroken(postgres::kill, this::startPostgres);

        // Then
        assertThat(answered).hasSize(5 * 2 * QUESTIONS);
        assertThat(answered).extracting(Answered::retrieval).contains("lexical");
        for (Answered each : answered) {
            JsonNode turn = reader.get(each.session()).json().at("/turns/" + (each.turn() - 1));
            assertThat(turn.path("question").textValue()).isEqualTo(each.question());
            assertThat(turn.path("answer").textValue()).isEqualTo(each.text());
        }
        awaitDocuments();
        for (int i = 0; i < documents.size(); i++) {
            assertThat(client.ask(question(i), false).text()).contains(dose(i));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Asks before something breaks, and while it is broken, and uploads a document; what is refused is sent again until all is well. */
    private void whileBroken(Step fault, Step recovery) throws Exception {
        List<Future<Answered>> asked = new ArrayList<>(ask());
        fault.run();
        asked.addAll(ask());
        Future<String> uploaded = clients.submit(() -> client.upload(text(documents.size())));
        recovery.run();
        for (Future<Answered> each : asked) {
            answered.add(each.get());
        }
        documents.add(uploaded.get());
    }

    private List<Future<Answered>> ask() {
        return IntStream.range(0, QUESTIONS)
                .mapToObj(i -> clients.submit(() -> {
                    Answered answer = client.ask(question(i), i % 3 == 0);
                    assertThat(answer.text()).contains(dose(i));
                    return answer;
                }))
                .toList();
    }

    /** Once clients have noticed that it is away. */
    private void startPostgres() {
        int before = client.refused();
        await().until(() -> client.refused() > before);
        postgres.start();
    }

    private void awaitDocuments() {
        for (String document : documents) {
            await().until(() -> reader.get(document).json().path("status").textValue(), "ready"::equals);
        }
    }

    private static String question(int number) {
        return "How much %s do adults take?".formatted(medicine(number));
    }

    private static String text(int number) {
        return "# %1$s\n\nAdults take %2$s of %1$s a day.\n".formatted(medicine(number), dose(number));
    }

    private static String dose(int number) {
        return 11 + number + " mg";
    }

    private static String medicine(int number) {
        return "xalo" + (char) ('b' + number) + "amol";
    }
}
