package io.sluice.api.search;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.Sql;
import io.sluice.api.redis.RedisCalls;
import io.sluice.api.redis.RedisInTests;
import io.sluice.testkit.RedisServer;
import io.sluice.testkit.SluiceServers;
import io.sluice.testkit.TcpProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches whose rankings a real Redis keeps, of a worker that counts what it is asked. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CachedSearchTest {

    private static final String OWNER = "anonymous";

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SearchedDocuments documents;
    private final Vertx vertx;
    private final Sql sql;
    private final DatabaseCalls calls;
    private AnsweringWorker worker;
    private RedisServer server;
    private RedisCalls redis;
    private Retrieval retrieval;

    CachedSearchTest(SearchedDocuments documents, Vertx vertx, Sql sql, DatabaseCalls calls) {
        this.documents = documents;
        this.vertx = vertx;
        this.sql = sql;
        this.calls = calls;
    }

    @BeforeEach
    void start() throws IOException {
        documents.execute("delete from documents");
        worker = new AnsweringWorker();
        server = RedisServer.start();
        redis = RedisInTests.used(vertx, server.url());
        retrieval = with(redis);
    }

    private Retrieval with(RedisCalls calledRedis) {
        return new Retrieval(
                new WorkerClient(vertx, worker.settings(), Duration.ofSeconds(20), System::nanoTime),
                new RankingCache(calledRedis, worker.settings(), registry),
                sql,
                calls,
                registry);
    }

    @AfterEach
    void stop() {
        RedisInTests.stop(redis);
        server.close();
        worker.close();
    }

    /** Ranks all passages that there are, the first one first. */
    private void rankAll(String mode) {
        List<String> passages = sql.query("select id from passages order by id", List.of(), rows -> {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add("{\"id\":%d,\"score\":0.5}".formatted(rows.getLong(1)));
            }
            return ids;
        });
        worker.answers("{\"retrieval\":\"%s\",\"passages\":[%s]}".formatted(mode, String.join(",", passages)));
    }

    private List<String> find(String caller, String question, UUID... selection) {
        return retrieval
                .find(caller, question, List.of(selection), 10)
                .await()
                .atMost(Duration.ofSeconds(30))
                .passages()
                .stream()
                .map(FoundPassage::text)
                .toList();
    }

    /** A question that is kept when this returns, since nobody waits for that otherwise. */
    private List<String> findAndKeep(String caller, String question) {
        int before = kept().size();
        List<String> found = find(caller, question);
        await().until(() -> kept().size() == before + 1);
        return found;
    }

    private List<String> kept() {
        return server.answer("KEYS *")
                .lines()
                .filter(line -> line.startsWith("sluice:"))
                .toList();
    }

    private double looked(String result) {
        return registry.get("sluice.api.ranking.cache")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void theSameQuestionIsRankedOnce() {
        // Given
        documents.store(OWNER, "private", "one tablet", "two tablets");
        rankAll("hybrid");

        // When
        List<String> first = findAndKeep(OWNER, "how many tablets?");
        List<String> again = find(OWNER, " how  many tablets? ");

        // Then
        assertThat(first).containsExactly("one tablet", "two tablets");
        assertThat(again).isEqualTo(first);
        assertThat(worker.questions()).hasSize(1);
        assertThat(looked("hit")).isEqualTo(1);
        assertThat(looked("miss")).isEqualTo(1);
    }

    @Test
    void whatIsKeptIsIdsAndScoresForAShortTimeUnderAKeyThatTellsNothing() {
        // Given
        documents.store(OWNER, "private", "one tablet");
        rankAll("hybrid");

        // When
        findAndKeep(OWNER, "tablets-of-alice");

        // Then
        String key = kept().get(0);
        assertThat(key).matches("sluice:ranking:[\\w-]{43}");
        assertThat(server.answer("GET " + key)).contains("\"score\":0.5").doesNotContain("tablet", OWNER);
        assertThat(server.answer("TTL " + key)).matches("(?s):1[0-5]\r\n.*");
    }

    @Test
    void noRankingIsAnothers() {
        // Given
        documents.store("alice", "private", "of alice");
        documents.store("bob", "private", "of bob");
        rankAll("hybrid");

        // When
        List<String> ofAlice = findAndKeep("alice", "tablet");
        List<String> ofBob = findAndKeep("bob", "tablet");

        // Then
        assertThat(ofAlice).containsExactly("of alice");
        assertThat(ofBob).containsExactly("of bob");
        assertThat(worker.questions()).hasSize(2);
        assertThat(find("alice", "tablet")).containsExactly("of alice");
        assertThat(find("bob", "tablet")).containsExactly("of bob");
        assertThat(worker.questions()).as("both are kept").hasSize(2);
    }

    @Test
    void otherDocumentsAreAnotherQuestion() {
        // Given
        UUID one = documents.store(OWNER, "private", "one");
        UUID two = documents.store(OWNER, "private", "two");
        rankAll("hybrid");
        findAndKeep(OWNER, "tablet");

        // Then
        assertThat(find(OWNER, "tablet", one)).containsExactly("one");
        assertThat(find(OWNER, "tablet", two)).containsExactly("two");
        assertThat(worker.questions()).hasSize(3);
    }

    @Test
    void whatIsDeletedOrWithdrawnIsNotFoundByWhatIsKept() {
        // Given
        UUID deleted = documents.store("neighbour", "shared", "deleted");
        UUID withdrawn = documents.store("neighbour", "shared", "withdrawn");
        UUID running = documents.store(OWNER, "private", "read again");
        documents.store(OWNER, "private", "there");
        rankAll("hybrid");
        assertThat(findAndKeep(OWNER, "tablet")).containsExactly("deleted", "withdrawn", "read again", "there");

        // When
        documents.execute("delete from documents where id = ?", deleted);
        documents.execute("update documents set visibility = 'private' where id = ?", withdrawn);
        documents.execute("update documents set status = 'running', passage_count = null where id = ?", running);

        // Then
        assertThat(find(OWNER, "tablet")).containsExactly("there");
        assertThat(worker.questions()).as("by what was kept").hasSize(1);
    }

    @Test
    void aRankingByWordsAloneIsNotKept() {
        // Given
        documents.store(OWNER, "private", "one tablet");
        rankAll("lexical");

        // When
        find(OWNER, "tablet");
        find(OWNER, "tablet");

        // Then
        assertThat(worker.questions()).hasSize(2);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsNoRankingIsPassedOver() {
        // Given
        documents.store(OWNER, "private", "one tablet");
        rankAll("hybrid");
        findAndKeep(OWNER, "tablet");

        // When
        server.answer("SET %s nonsense".formatted(kept().get(0)));

        // Then
        assertThat(find(OWNER, "tablet")).containsExactly("one tablet");
        assertThat(worker.questions()).hasSize(2);
    }

    @Test
    void killedMidwayTheWorkerIsAskedAgain() {
        // Given
        documents.store(OWNER, "private", "one tablet");
        rankAll("hybrid");
        findAndKeep(OWNER, "tablet");

        // When
        server.kill();

        // Then
        assertThat(find(OWNER, "tablet")).containsExactly("one tablet");
        assertThat(worker.questions()).hasSize(2);
    }

    @Test
    void aRedisThatHangsHoldsUpNoSearch() {
        // Given
        documents.store(OWNER, "private", "one tablet");
        rankAll("hybrid");
        try (TcpProxy proxy = TcpProxy.start(0, server.port())) {
            RedisInTests.stop(redis);
            redis = RedisInTests.used(vertx, "redis://" + proxy.address(), Duration.ofMillis(300));
            retrieval = with(redis);
            findAndKeep(OWNER, "tablet");
            worker.questions().clear();

            // When
            proxy.stall();

            // Then
            for (int search = 0; search < 5; search++) {
                assertThat(find(OWNER, "tablet")).containsExactly("one tablet");
            }
            assertThat(worker.questions()).hasSize(5);
        }
    }
}
