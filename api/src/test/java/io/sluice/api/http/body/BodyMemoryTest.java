package io.sluice.api.http.body;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.connections.ConnectionRequests;
import io.sluice.api.connections.TestLimits;
import io.sluice.api.http.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private final RequestBodies bodies = new RequestBodies(TestLimits.LIMITS);

    private static final byte[] BODY = new byte[500_000];

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CompletableFuture<Integer> worked = new CompletableFuture<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() {
        Router router = Router.router(vertx);
        router.route().handler(ConnectionRequests::begin);
        router.route().handler(context -> handle(context.request()));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        request.pause();
        bodies.<Integer>read(request, 2 * BODY.length, body -> {
                    atWork.incrementAndGet();
                    return Uni.createFrom().completionStage(worked::copy);
                })
                .subscribe()
                .with(
                        status -> answer(request, status),
                        e -> answer(request, ((ProblemException) e).code().status()));
    }

    private static void answer(HttpServerRequest request, int status) {
        var unused = request.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .end();
    }

    private CompletableFuture<Integer> post() {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.actualPort()))
                                .POST(BodyPublishers.ofByteArray(BODY))
                                .build(),
                        BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    @Test
    void aBodyThatThereIsNoMemoryForIsRefusedUntilOthersAreDone() {
        // Given
        int room = (int) (TestLimits.LIMITS.bodiesBytes() / BODY.length);
        List<CompletableFuture<Integer>> posts =
                Stream.generate(this::post).limit(room).toList();
        await().until(() -> atWork.get() == room);

        // When
        int oneMore = post().join();
        int anotherOne = post().join();
        worked.complete(202);

        // Then
        assertThat(oneMore).isEqualTo(503);
        assertThat(anotherOne).isEqualTo(503);
        assertThat(posts).extracting(CompletableFuture::join).containsOnly(202);
        assertThat(Stream.generate(() -> post().join()).limit(2L * room)).containsOnly(202);
    }
}
