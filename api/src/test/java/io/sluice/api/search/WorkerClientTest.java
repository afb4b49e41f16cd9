package io.sluice.api.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.retrieval.RankedPassage;
import io.sluice.settings.Environment;
import io.sluice.settings.WorkerSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a worker that is there, away, slow or wrong. */
class WorkerClientTest {

    private static final String ONE_PASSAGE = "{\"retrieval\":\"hybrid\",\"passages\":[{\"id\":7,\"score\":0.03}]}";

    /** Longer than a busy machine takes for an answer that is there. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanoTime = new AtomicLong();
    private AnsweringWorker worker;
    private WorkerClient client;

    @BeforeEach
    void start() throws Exception {
        worker = new AnsweringWorker().answers(ONE_PASSAGE);
        client = client(worker.settings(), LONG);
    }

    @AfterEach
    void stop() throws Exception {
        worker.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private WorkerClient client(WorkerSettings settings, Duration timeout) {
        return new WorkerClient(vertx, settings, timeout, nanoTime::get);
    }

    private Uni<Optional<Ranking>> asked() {
        return client.rank(new RankedQuestion("alice", "fever?", List.of(new UUID(0, 1)), 2));
    }

    private Optional<Ranking> ranking() {
        return asked().await().atMost(LONG.plusSeconds(10));
    }

    @Test
    void theWorkerIsAskedAndRanks() {
        assertThat(ranking()).contains(new Ranking(RetrievalMode.HYBRID, List.of(new RankedPassage(7, 0.03))));
        assertThat(worker.questions())
                .containsExactly(
                        "{\"question\":\"fever?\",\"caller\":\"alice\",\"documents\":[\"00000000-0000-0000-0000-000000000001\"],\"limit\":2}");
    }

    @Test
    void itMayRankByWordsAloneAndSayMoreThanIsKnown() {
        worker.answers("{\"retrieval\":\"lexical\",\"passages\":[],\"more\":1}");
        assertThat(ranking()).contains(new Ranking(RetrievalMode.LEXICAL, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "no JSON",
                "{\"retrieval\":\"hybrid\"}",
                "{\"passages\":[]}",
                "{\"retrieval\":\"psychic\",\"passages\":[]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[null]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[{\"id\":1}]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[{\"score\":1}]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[{\"id\":1,\"score\":\"NaN\"}]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[{\"id\":1,\"score\":1},{\"id\":1,\"score\":1}]}",
                "{\"retrieval\":\"hybrid\",\"passages\":[{\"id\":1,\"score\":1},{\"id\":2,\"score\":1},{\"id\":3,\"score\":1}]}",
            })
    void whatIsNoRankingIsNone(String answer) {
        assertThat(worker.answers(answer)).isNotNull();
        assertThat(ranking()).isEmpty();
        assertThat(worker.questions()).hasSize(1);
    }

    @Test
    void anAnswerThatIsTooLongIsNone() {
        worker.answers(ONE_PASSAGE + " ".repeat(65_536));
        assertThat(ranking()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 500, 503})
    void anErrorIsNoRanking(int status) {
        worker.answers(status, status == 204 ? "" : ONE_PASSAGE);
        assertThat(ranking()).isEmpty();
    }

    @Test
    void withAnotherTokenThereIsNoRanking() {
        client = client(worker.settings("another-token-0123456789abcdef-01"), LONG);
        assertThat(ranking()).isEmpty();
        assertThat(worker.questions()).hasSize(1);
    }

    @Test
    void aWorkerThatIsAwayIsNoFailure() {
        worker.close();
        assertThat(ranking()).isEmpty();
    }

    @Test
    void aSlowOneIsWaitedForBriefly() {
        // Given
        worker.fallsSilent();
        client = client(worker.settings(), WorkerClient.TIMEOUT);
        long begun = System.nanoTime();

        // Then
        assertThat(ranking()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(WorkerClient.TIMEOUT, LONG);
    }

    @Test
    void itIsLeftAloneAfterFailuresInARow() {
        // Given
        worker.answers(503, "");
        for (int i = 0; i < WorkerClient.FAILURES_BEFORE_PAUSE; i++) {
            assertThat(ranking()).isEmpty();
        }

        // When
        worker.answers(ONE_PASSAGE);

        // Then
        assertThat(ranking()).isEmpty();
        assertThat(worker.questions()).hasSize(WorkerClient.FAILURES_BEFORE_PAUSE);

        // When
        nanoTime.addAndGet(WorkerClient.PAUSE.toNanos());

        // Then
        assertThat(ranking()).isPresent();
        assertThat(ranking()).isPresent();
    }

    @Test
    void withoutUrlAndTokenNobodyIsAsked() {
        client =
                client(Environment.read(Map.of("WORKER_TOKEN", AnsweringWorker.TOKEN)::get, WorkerSettings::new), LONG);
        assertThat(ranking()).isEmpty();
        assertThat(worker.questions()).isEmpty();
    }

    /** The lines of its log, and the memory for its response, hang on the context of a request. */
    @Test
    void theRequestGoesOnInItsContext() throws Exception {
        for (int round = 0; round < 2; round++) {
            ContextInternal request = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
            CompletableFuture<Context> after = new CompletableFuture<>();
            request.runOnContext(ignored -> asked().subscribe()
                    .with(ranked -> after.complete(Vertx.currentContext()), after::completeExceptionally));
            assertThat(after.get(30, TimeUnit.SECONDS)).isSameAs(request);
            worker.fallsSilent();
            client = client(worker.settings(), WorkerClient.TIMEOUT);
        }
    }
}
