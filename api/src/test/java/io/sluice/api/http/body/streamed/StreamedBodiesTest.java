package io.sluice.api.http.body.streamed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.api.connections.TestLimits;
import io.sluice.contract.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamedBodiesTest {

    private final StreamedBodies bodies = new StreamedBodies(TestLimits.LIMITS, new SimpleMeterRegistry());
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        bodies.stop();
    }

    private void handle(HttpServerRequest request) {
        boolean faulty = request.path().equals("/faulty");
        Uni.createFrom()
                .deferred(() -> bodies.receive(request, Event.ANONYMOUS, body -> work(faulty)))
                .subscribe()
                .with(status -> answer(request, status), e -> answer(request, e instanceof Error ? 500 : 503));
    }

    private static int work(boolean faulty) {
        if (faulty) {
            throw new NoClassDefFoundError();
        }
        return 202;
    }

    private static void answer(HttpServerRequest request, int status) {
        var unused = request.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .end();
    }

    private int post(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.actualPort() + path))
                                .timeout(Duration.ofSeconds(10))
                                .POST(BodyPublishers.ofString("a"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void anErrorIsToldAndLeavesThePlaceToOthers() throws Exception {
        for (int i = 0; i <= StreamedBodies.MAX_BODIES; i++) {
            assertThat(post("/faulty")).isEqualTo(500);
        }
        assertThat(bodies.count()).isZero();
        assertThat(post("/")).isEqualTo(202);
    }
}
