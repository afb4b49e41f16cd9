package io.sluice.api.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.Sql;
import io.sluice.api.redis.RedisInTests;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches of {@code anonymous} with a worker that ranks, or does not. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class HybridSearchTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SearchedDocuments documents;
    private final Vertx vertx;
    private final Sql sql;
    private final DatabaseCalls calls;
    private AnsweringWorker worker;
    private Retrieval retrieval;

    HybridSearchTest(SearchedDocuments documents, Vertx vertx, Sql sql, DatabaseCalls calls) {
        this.documents = documents;
        this.vertx = vertx;
        this.sql = sql;
        this.calls = calls;
    }

    @BeforeEach
    void start() throws IOException {
        documents.execute("delete from documents");
        worker = new AnsweringWorker();
        retrieval = asking(Duration.ofSeconds(20));
    }

    private Retrieval asking(Duration timeout) {
        return new Retrieval(
                new WorkerClient(vertx, worker.settings(), timeout, System::nanoTime),
                new RankingCache(RedisInTests.none(vertx), worker.settings(), registry),
                sql,
                calls,
                registry);
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    /** Ranks all passages that there are, the last one first. */
    private void rankAll(String mode) {
        List<String> passages = sql.query("select id from passages order by id desc", List.of(), rows -> {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add("{\"id\":%d,\"score\":0.5}".formatted(rows.getLong(1)));
            }
            return ids;
        });
        worker.answers("{\"retrieval\":\"%s\",\"passages\":[%s]}".formatted(mode, String.join(",", passages)));
    }

    private Found find(String question, int limit, UUID... selection) {
        return retrieval
                .find("anonymous", question, List.of(selection), limit)
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static List<String> texts(Found found) {
        return found.passages().stream().map(FoundPassage::text).toList();
    }

    private double searches(RetrievalMode mode) {
        return registry.get("sluice.api.searches")
                .tag("retrieval", mode.toString())
                .counter()
                .count();
    }

    @Test
    void passagesComeInTheOrderOfTheWorker() {
        // Given
        documents.store("anonymous", "private", "one tablet", "no word of it", "tablet and tablet");
        rankAll("hybrid");

        // When
        Found found = find("tablet", 10);

        // Then
        assertThat(found.retrieval()).isEqualTo(RetrievalMode.HYBRID);
        assertThat(texts(found)).containsExactly("tablet and tablet", "no word of it", "one tablet");
        assertThat(found.passages()).extracting(FoundPassage::score).containsOnly(0.5);
        assertThat(texts(find("tablet", 1))).containsExactly("tablet and tablet");
        assertThat(searches(RetrievalMode.HYBRID)).isEqualTo(2);
        assertThat(searches(RetrievalMode.LEXICAL)).isZero();
    }

    @Test
    void nothingOfOthersIsShownWhateverTheWorkerSays() {
        // Given
        UUID own = documents.store("anonymous", "private", "own");
        UUID other = documents.store("anonymous", "private", "another of its own");
        documents.store("neighbour", "shared", "shared");
        documents.store("neighbour", "private", "private");
        documents.store("https://login.example.com/stranger", "shared", "a strangers");
        UUID running = documents.store("anonymous", "private", "not read to its end");
        rankAll("hybrid");
        documents.execute("update documents set status = 'running', passage_count = null where id = ?", running);

        // Then
        assertThat(texts(find("anything", 10))).containsExactly("shared", "another of its own", "own");
        assertThat(texts(find("anything", 2))).as("what is left out makes room").hasSize(2);
        assertThat(texts(find("anything", 10, own))).containsExactly("own");
        assertThat(texts(find("anything", 10, own, other))).containsExactly("another of its own", "own");
    }

    @Test
    void withoutTheWorkerItIsByWordsAndSaysSo() {
        // Given
        documents.store("anonymous", "private", "one tablet", "no word of it");
        rankAll("hybrid");
        worker.fallsSilent();
        retrieval = asking(WorkerClient.TIMEOUT);

        // When
        Found found = find("tablet", 10);

        // Then
        assertThat(found.retrieval()).isEqualTo(RetrievalMode.LEXICAL);
        assertThat(texts(found)).containsExactly("one tablet");
        assertThat(searches(RetrievalMode.LEXICAL)).isEqualTo(1);
    }

    @Test
    void aWorkerThatRanksByWordsAloneIsQuotedAsThat() {
        // Given
        documents.store("anonymous", "private", "one tablet", "no word of it");
        rankAll("lexical");

        // Then
        assertThat(find("tablet", 10).retrieval()).isEqualTo(RetrievalMode.LEXICAL);
        assertThat(texts(find("tablet", 10))).hasSize(2);
    }
}
