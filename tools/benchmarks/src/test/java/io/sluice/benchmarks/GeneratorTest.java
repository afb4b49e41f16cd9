package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final Workload WORKLOAD = new Workload(200);

    private final AtomicLong answered = new AtomicLong();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private HttpServer server;

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyAnswerIsCountedAndARunTakesItsTime() throws IOException {
        // Given a server that answers all connections at once, so that there are moments with nothing under way
        URI endpoint = serve(202, "", threads);
        try (Generator generator = Generator.open(endpoint, n -> "", 2)) {
            List<ByteBuffer> requests = generator.prepare(WORKLOAD::body);

            // When
            long start = System.nanoTime();
            double speed = generator.atFullSpeed(requests, Duration.ofMillis(500));
            double seconds = (System.nanoTime() - start) / 1e9;

            // Then
            assertThat(seconds).isBetween(0.5, 5.0);
            assertThat(generator.acknowledged()).isEqualTo(answered.get()).isGreaterThan(2);
            assertThat(speed).isEqualTo(answered.get() / seconds, within(0.2 * speed));
            assertThat(bodies).contains(WORKLOAD.body(0), WORKLOAD.body(1));
        }
    }

    @Test
    void latencyCountsFromWhenARequestWasDue() throws IOException {
        // Given a server that takes 40 ms for each of two requests at a time
        URI endpoint = serve(
                202,
                "",
                task -> threads.execute(() -> {
                    pause();
                    task.run();
                }));
        try (Generator generator = Generator.open(endpoint, n -> "", 2)) {

            // When a hundred are due each second
            Histogram micros = generator.atRate(generator.prepare(WORKLOAD::body), 100, Duration.ofMillis(600));

            // Then all of them were sent, and the last ones had to wait for those before them
            assertThat(micros.getTotalCount()).isEqualTo(60);
            assertThat(micros.getMinValue()).isGreaterThanOrEqualTo(39_000);
            assertThat(micros.getMaxValue()).isGreaterThan(300_000);
        }
    }

    @Test
    void whatFollowsAResponseIsSentBeforeTheConnectionTakesTheNextPost() throws IOException {
        // Given a server whose every answer names what to read, and one connection
        URI endpoint = serve(202, "", threads);
        server.createContext("/read", exchange -> {
            read.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Set<Integer> statuses = new HashSet<>();
        try (Generator generator = Generator.open(endpoint, n -> "", 1)) {

            // When
            generator.atRate(generator.prepare(WORKLOAD::body), 100, Duration.ofMillis(100), (response, dueNanos) -> {
                statuses.add(response.status());
                return response.header("location").map(path -> generator.get(path, ""));
            });

            // Then
            assertThat(read)
                    .containsExactly(
                            "/read/1",
                            "/read/2",
                            "/read/3",
                            "/read/4",
                            "/read/5",
                            "/read/6",
                            "/read/7",
                            "/read/8",
                            "/read/9",
                            "/read/10");
            assertThat(statuses).containsExactlyInAnyOrder(202, 200);
            assertThat(generator.acknowledged()).isEqualTo(10);
        }
    }

    @Test
    void anythingButA202IsAFailure() throws IOException {
        URI endpoint = serve(503, "full", threads);
        try (Generator generator = Generator.open(endpoint, n -> "", 2)) {
            assertThatThrownBy(() -> generator.atFullSpeed(generator.prepare(WORKLOAD::body), Duration.ofSeconds(1)))
                    .hasMessageContaining("503")
                    .hasMessageContaining("full");
            assertThat(generator.acknowledged()).isZero();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(40);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI serve(int status, String answer, Executor executor) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/post", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().add("Location", "/read/" + answered.incrementAndGet());
            exchange.sendResponseHeaders(status, answer.isEmpty() ? -1 : answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/post");
    }
}
