package io.sluice.api.messages.stored;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.messages.Rows;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class StorageAwaiterTest {

    private static final int WAITERS = 1_000;

    @TestHTTPResource
    URI api;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Topics topics;
    private final Rows rows;
    private final StorageAwaiter awaiter;
    private final AgroalDataSource pool;

    StorageAwaiterTest(Rows rows, StorageAwaiter awaiter, AgroalDataSource pool, Topics topics) {
        this.topics = topics;
        this.rows = rows;
        this.awaiter = awaiter;
        this.pool = pool;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void aThousandWaitersHoldNoConnectionsDoNotSlowPostsAndAreAllAnswered() throws Exception {
        // Given
        List<Event> events = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            Event event = Events.with().build();
            events.add(event);
            HttpRequest read = HttpRequest.newBuilder(api.resolve("/api/v1/messages/" + event.id()))
                    .header("Prefer", "wait=30")
                    .build();
            answers.add(http.sendAsync(read, HttpResponse.BodyHandlers.ofString()));
        }
        await().until(() -> awaiter.count() == WAITERS);

        // When
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(post().statusCode()).isEqualTo(202);
        }
        Duration posts = Duration.ofNanos(System.nanoTime() - start);

        // Then
        assertThat(posts.dividedBy(50)).isLessThan(Duration.ofMillis(100));
        assertThat(pool.getMetrics().activeCount()).isLessThanOrEqualTo(1);
        events.forEach(rows::store);
        assertThat(answers).allSatisfy(answer -> assertThat(answer)
                .succeedsWithin(Duration.ofSeconds(10))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200));
        assertThat(awaiter.count()).isZero();
    }

    @Test
    void whoIsOneTooManyIsToldSo() throws Exception {
        // Given
        List<CompletableFuture<Boolean>> others = new ArrayList<>();
        for (int i = 0; i < StorageAwaiter.MAX_WAITERS; i++) {
            others.add(awaiter.untilSettled(UUID.randomUUID(), Event.ANONYMOUS, Duration.ofSeconds(30))
                    .subscribeAsCompletionStage());
        }
        HttpRequest read = HttpRequest.newBuilder(api.resolve("/api/v1/messages/" + UUID.randomUUID()))
                .header("Prefer", "wait=30")
                .build();

        // When
        HttpResponse<String> answer = http.send(read, HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("overloaded");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        others.forEach(other -> other.cancel(false));
        await().untilAsserted(() -> assertThat(awaiter.count()).isZero());
    }

    private HttpResponse<String> post() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(api.resolve("/api/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"payload\":1}", UTF_8))
                .build();
        return http.send(post, HttpResponse.BodyHandlers.ofString());
    }
}
