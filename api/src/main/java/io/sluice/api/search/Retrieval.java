package io.sluice.api.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.Sql;
import io.sluice.retrieval.LexicalRanking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds passages for a question: as the worker ranks them, or by their words alone where it does not. */
@Startup
@Singleton
public class Retrieval {

    private static final String UNREADABLE = "The database cannot be searched for the moment; try again later.";

    /** Passages that are asked of the worker beyond those that are wanted: some of its ranking may be gone. */
    private static final int SPARE = 50;

    private final Map<RetrievalMode, Counter> searches = new EnumMap<>(RetrievalMode.class);
    private final WorkerClient worker;
    private final RankingCache cache;
    private final Sql sql;
    private final DatabaseCalls database;

    Retrieval(WorkerClient worker, RankingCache cache, Sql sql, DatabaseCalls database, MeterRegistry registry) {
        this.worker = worker;
        this.cache = cache;
        this.sql = sql;
        this.database = database;
        for (RetrievalMode mode : RetrievalMode.values()) {
            Counter counter = Counter.builder("sluice.api.searches")
                    .description("Searches for passages that were answered")
                    .tag("retrieval", mode.toString())
                    .register(registry);
            searches.put(mode, counter);
        }
    }

    /**
     * Finds the passages that fit a question best, among those of documents that are ready and that the caller can read. What is replaced or
     * deleted before is not found.
     *
     * @param caller name of who asks, in full, as the owner of documents
     * @param question without U+0000
     * @param documents in which is looked, among those that the caller can read; all of them if empty
     * @param limit number of passages, at most; above 0
     * @return fails as {@link DatabaseCalls#call}
     */
    public Uni<Found> find(String caller, String question, Collection<UUID> documents, int limit) {
        RankedQuestion asked = new RankedQuestion(caller, question, documents, limit + SPARE);
        return cache.rank(asked, () -> worker.rank(asked))
                .chain(ranked -> database.call(
                        () -> sql.inTransaction(
                                transaction -> find(transaction, caller, question, documents, limit, ranked)),
                        UNREADABLE))
                .invoke(found -> count(found.retrieval()));
    }

    private static Found find(
            Connection transaction,
            String caller,
            String question,
            Collection<UUID> documents,
            int limit,
            Optional<Ranking> ranked)
            throws SQLException {
        Ranking ranking = ranked.isPresent()
                ? ranked.get()
                : new Ranking(
                        RetrievalMode.LEXICAL, LexicalRanking.rank(transaction, caller, documents, question, limit));
        return new Found(
                ranking.retrieval(), PassageRepository.find(transaction, caller, documents, ranking.passages(), limit));
    }

    private void count(RetrievalMode mode) {
        Counter counter = searches.get(mode);
        if (counter != null) {
            counter.increment();
        }
    }
}
