package io.sluice.worker.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real connections, and a clock of the test's own. */
class ConnectionAgeTest {

    private static final HttpClientOptions ONE_CONNECTION = new HttpClientOptions().setMaxPoolSize(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private final ConnectionAge age = new ConnectionAge(nanoTime::get);
    private final List<HttpConnection> connections = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionIsOverWhenItsFirstRequestIsLongAgo() throws Exception {
        // Given
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            connections.add(request.connection());
            request.response().end(Boolean.toString(age.isOver(request.connection())));
        });
        int port = server.listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        HttpClient first = vertx.createHttpClient(ONE_CONNECTION);
        HttpClient second = vertx.createHttpClient(ONE_CONNECTION);

        // Then
        assertThat(ask(first, port)).isEqualTo("false");
        nanoTime.addAndGet(ConnectionAge.MAX.toNanos() - 1);
        assertThat(ask(first, port)).isEqualTo("false");
        assertThat(ask(second, port)).isEqualTo("false");
        nanoTime.addAndGet(1);
        assertThat(ask(first, port)).isEqualTo("true");
        assertThat(ask(second, port)).isEqualTo("false");
        assertThat(connections).as("of each client").hasSize(5);
        assertThat(connections.stream().distinct()).hasSize(2);
    }

    private static String ask(HttpClient client, int port) throws Exception {
        return client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send().compose(response -> response.body()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .toString();
    }
}
