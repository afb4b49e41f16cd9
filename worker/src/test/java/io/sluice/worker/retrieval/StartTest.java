package io.sluice.worker.retrieval;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sluice.embedding.Embedder;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.WorkerTokenSettings;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.embedding.ReembeddingLoop;
import io.sluice.worker.embedding.UnusableEmbedderException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The route before it is known what there is, and where there is no token. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class StartTest {

    private static final String TOKEN = "a-token-of-tests-0123456789abcdef";

    private static final WorkerTokenSettings SETTINGS =
            Environment.read(Map.of("WORKER_TOKEN", TOKEN)::get, WorkerTokenSettings::new);

    private final Vertx vertx;
    private final AgroalDataSource pool;
    private final Embedder embedder;
    private final ReembeddingLoop reembedding;

    StartTest(Vertx vertx, AgroalDataSource pool, Embedder embedder, ReembeddingLoop reembedding) {
        this.vertx = vertx;
        this.pool = pool;
        this.embedder = embedder;
        this.reembedding = reembedding;
    }

    @Test
    void questionsAreRefusedUntilModelAndVectorsAreLoaded() throws Exception {
        // Given
        RetrievalIndex neverStarted = index(() -> {
            throw new AssertionError("not to be loaded");
        });
        Router router = Router.router(vertx);
        new RetrievalRoute(neverStarted, new HybridRanking(pool, () -> null), SETTINGS).register(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        // When
        HttpResponse<String> response = post(server.actualPort());

        // Then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("Not ready: model and vectors are being loaded.");
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aModelThatCannotBeUsedIsToldAndTriedAgainLater() {
        // Given
        RetrievalIndex index = index(() -> {
            throw new UnusableEmbedderException("EMBEDDING_MODEL is a model that cannot be used", new IOException());
        });

        // When
        index.start(new StartupEvent());

        // Then
        await().until(() -> index.state().equals("EMBEDDING_MODEL is a model that cannot be used"));
        assertThat(index.vectors()).isNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("retrieval-index");

        // When
        index.stop(new ShutdownEvent());

        // Then
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("retrieval-index")));
    }

    @Test
    void itIsReadyOnceAQuestionOfItsOwnIsAnswered() throws Exception {
        // Given
        RetrievalIndex index = index(() -> embedder);
        try (Connection connection = pool.getConnection();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table passage_terms in access exclusive mode");

            // When
            index.start(new StartupEvent());

            // Then
            await().until(() -> isWaitedFor(lock));
            assertThat(index.vectors()).isNull();
            connection.rollback();
        }
        await().until(() -> index.vectors() != null);
        index.stop(new ShutdownEvent());
    }

    private static boolean isWaitedFor(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select exists (select from pg_locks where relation = 'passage_terms'::regclass and not granted)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private RetrievalIndex index(Provider<Embedder> embedder) {
        return new RetrievalIndex(
                pool,
                embedder,
                new HybridRanking(pool, embedder),
                reembedding,
                Environment.read(name -> null, FeatureSettings::new),
                SETTINGS,
                new SimpleMeterRegistry());
    }

    @Test
    void withoutATokenThereIsNoRoute() throws Exception {
        assertThat(post(RestAssured.port).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> post(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/retrieval".formatted(port)))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("{\"question\":\"fever\",\"caller\":\"a\",\"limit\":1}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
