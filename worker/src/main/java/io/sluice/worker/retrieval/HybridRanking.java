package io.sluice.worker.retrieval;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.embedding.Embedder;
import io.sluice.retrieval.LexicalRanking;
import io.sluice.retrieval.RankFusion;
import io.sluice.retrieval.RankedPassage;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.worker.retrieval.VectorSearch.Nearest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ranks passages by their words and by their meaning, at the same time, and fuses the two. */
@Singleton
class HybridRanking {

    /** Time after which nobody waits for an answer any more: the api does for 300 ms. */
    static final Duration CLIENT_TIMEOUT = Duration.ofMillis(300);

    /** Time that a question waits at most for those before it at the model; then words have to do. */
    private static final Duration TURN_WITHIN = Duration.ofMillis(150);

    /** Longest search by words. */
    private static final String SETTINGS = "set local statement_timeout = '1s'";

    private static final int WORDS_AT_ONCE = 4;

    /** The model has one at a time; another one is compared with the vectors meanwhile. */
    private static final int MEANINGS_AT_ONCE = 2;

    private static final int MAX_WAITING = 64;

    private final ExecutorService words = threads("retrieval-words", WORDS_AT_ONCE);
    private final ExecutorService meanings = threads("retrieval-meaning", MEANINGS_AT_ONCE);
    private final AgroalDataSource pool;
    private final Provider<Embedder> embedder;

    HybridRanking(AgroalDataSource pool, Provider<Embedder> embedder) {
        this.pool = pool;
        this.embedder = embedder;
    }

    private static ExecutorService threads(String name, int count) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), NamedThreads.daemons(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    void stop(@Observes ShutdownEvent event) {
        words.shutdownNow();
        meanings.shutdownNow();
    }

    /**
     * Ranks the passages of documents that the caller can read.
     *
     * @param vectors of them all, as far as there is room for them
     * @return fails with an {@link SQLException} if PostgreSQL does not answer, and with a {@link CancellationException} if it would be too late
     * @throws RejectedExecutionException if too many others wait
     */
    CompletableFuture<Ranking> rank(Question question, VectorSearch vectors) {
        long asked = System.nanoTime();
        CompletableFuture<List<RankedPassage>> byWords =
                CompletableFuture.supplyAsync(() -> byWords(question, asked), words);
        if (!vectors.isComplete()) {
            return byWords.thenApply(ranked -> lexical(question, ranked));
        }
        return CompletableFuture.supplyAsync(() -> byMeaning(question, vectors, asked), meanings)
                .thenCombine(byWords, (nearest, ranked) -> nearest.map(found -> hybrid(question, ranked, found))
                        .orElseGet(() -> lexical(question, ranked)));
    }

    private static Ranking lexical(Question question, List<RankedPassage> ranked) {
        return new Ranking(
                Ranking.Mode.LEXICAL, ranked.stream().limit(question.limit()).toList());
    }

    private static Ranking hybrid(Question question, List<RankedPassage> ranked, Nearest nearest) {
        List<Long> ids = ranked.stream().map(RankedPassage::id).toList();
        try {
            return new Ranking(
                    Ranking.Mode.HYBRID,
                    RankFusion.fuse(
                            question.question(), ids, nearest.passages(), nearest.unknown(ids), question.limit()));
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private List<RankedPassage> byWords(Question question, long asked) {
        refuseIfLate(asked);
        try (Transaction transaction = Transaction.begin(pool);
                Statement settings = transaction.connection().createStatement()) {
            settings.execute(SETTINGS);
            int depth = Math.max(question.limit(), RankFusion.DEPTH);
            List<RankedPassage> ranked = LexicalRanking.rank(
                    transaction.connection(), question.caller(), question.documents(), question.question(), depth);
            transaction.commit();
            return ranked;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /** Empty if the model is busy with other questions. */
    private Optional<Nearest> byMeaning(Question question, VectorSearch vectors, long asked) {
        refuseIfLate(asked);
        try {
            float[] vector =
                    embedder.get().question(question.question(), TURN_WITHIN).vector();
            return Optional.of(vectors.nearest(vector, question.caller(), question.documents(), RankFusion.DEPTH));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (SQLException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The program stops.");
        }
    }

    private static void refuseIfLate(long asked) {
        if (System.nanoTime() - asked > CLIENT_TIMEOUT.toNanos()) {
            throw new CancellationException("Others before it took too long.");
        }
    }
}
