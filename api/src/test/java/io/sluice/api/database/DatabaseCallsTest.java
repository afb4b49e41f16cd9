package io.sluice.api.database;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads that hang take connections from nobody but reads. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class DatabaseCallsTest {

    private static final int READS = 500;

    /** The check for conflicts gives up after 200 ms; the rest is for a machine that is busy. */
    private static final Duration POSTED_WITHIN = Duration.ofMillis(1_500);

    @TestHTTPResource
    URI api;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AgroalDataSource pool;

    DatabaseCallsTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Test
    void readsThatHangDelayNeitherHealthNorPostsAndAreAnsweredThemselves() throws Exception {
        // Given
        await().untilAsserted(() -> assertThat(get("/health").statusCode()).isEqualTo(200));
        List<CompletableFuture<HttpResponse<String>>> reads;

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table messages in access exclusive mode");

            // When
            reads = Stream.generate(
                            () -> http.sendAsync(request("/api/v1/messages").build(), BodyHandlers.ofString()))
                    .limit(READS)
                    .toList();
            await().untilAsserted(() -> assertThat(reads).anyMatch(CompletableFuture::isDone));

            // Then
            List<Duration> posts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                assertThat(get("/health").statusCode()).isEqualTo(200);
                long begin = System.nanoTime();
                assertThat(post().statusCode()).isEqualTo(202);
                posts.add(Duration.ofNanos(System.nanoTime() - begin));
            }
            // Not each, on a machine that is busy with other tests: what waited for the reads would be late each time.
            assertThat(posts.stream().sorted().toList().get(2)).isLessThan(POSTED_WITHIN);
        }
        assertThat(reads).allSatisfy(read -> assertThat(read)
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(HttpResponse::statusCode)
                .isIn(200, 503));
        assertThat(reads.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 503))
                .isNotEmpty()
                .allSatisfy(answer -> {
                    assertThat(answer.body()).contains("database-unavailable");
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                });
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post() throws Exception {
        return http.send(
                request("/api/v1/messages")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"payload\":1}", UTF_8))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path));
    }
}
