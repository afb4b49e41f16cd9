package io.sluice.api.search;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Environment;
import io.sluice.settings.WorkerSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a worker that is there, away, or silent. */
class RetrievalWarmUpTest {

    /** Longer than a busy machine takes for an answer that is there. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private AnsweringWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker = new AnsweringWorker().answers("{\"retrieval\":\"hybrid\",\"passages\":[]}");
    }

    @AfterEach
    void stop() throws Exception {
        worker.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private RetrievalWarmUp warmUp(WorkerSettings settings, boolean used, Duration limit) {
        return new RetrievalWarmUp(
                new WorkerClient(vertx, settings, WorkerClient.TIMEOUT, System::nanoTime), used, limit);
    }

    private static void run(RetrievalWarmUp warmUp) throws Exception {
        assertThat(warmUp.isOver()).isFalse();
        warmUp.start();
        await().until(warmUp::isOver);
    }

    @Test
    void theWorkerIsAskedByNobody() throws Exception {
        run(warmUp(worker.settings(), true, LONG));
        assertThat(worker.questions()).isNotEmpty().allSatisfy(asked -> assertThat(asked)
                .contains("\"caller\":\"-\""));
    }

    @Test
    void oneThatRefusesIsAskedOnce() throws Exception {
        worker.answers(503, "");
        run(warmUp(worker.settings(), true, LONG));
        assertThat(worker.questions()).hasSize(1);
    }

    @Test
    void oneThatIsAwayIsNotWaitedFor() throws Exception {
        worker.close();
        run(warmUp(worker.settings(), true, LONG));
    }

    @Test
    void aSilentOneIsWaitedForUntilTheLimit() throws Exception {
        // Given
        worker.fallsSilent();
        Duration limit = Duration.ofMillis(200);
        long begun = System.nanoTime();

        // When
        run(warmUp(worker.settings(), true, limit));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(limit, LONG);
    }

    @Test
    void nobodyIsAskedWhereNobodySearches() {
        // Given
        WorkerSettings none = Environment.read(Map.of("WORKER_TOKEN", AnsweringWorker.TOKEN)::get, WorkerSettings::new);

        // When
        RetrievalWarmUp withoutUrl = warmUp(none, true, LONG);
        RetrievalWarmUp unused = warmUp(worker.settings(), false, LONG);
        withoutUrl.start();
        unused.start();

        // Then
        assertThat(withoutUrl.isOver()).isTrue();
        assertThat(unused.isOver()).isTrue();
        assertThat(worker.questions()).isEmpty();
    }
}
