package io.sluice.api.search;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.retrieval.LexicalRanking;
import io.sluice.retrieval.RankedPassage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Finds passages for a question. */
@Singleton
public class Retrieval {

    private static final String UNREADABLE = "The database cannot be searched for the moment; try again later.";

    private final Sql sql;
    private final DatabaseCalls database;

    Retrieval(Sql sql, DatabaseCalls database) {
        this.sql = sql;
        this.database = database;
    }

    /**
     * Finds the passages that fit a question best, among those of documents that are ready and that the caller can read. What is replaced or
     * deleted before is not found.
     *
     * @param caller name of who asks, in full, as the owner of documents
     * @param question without U+0000
     * @param documents in which is looked, among those that the caller can read; all of them if empty
     * @param limit number of passages, at most; above 0
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}
     */
    public Uni<Found> find(String caller, String question, Collection<UUID> documents, int limit) {
        return database.call(
                () -> sql.inTransaction(transaction -> byWords(transaction, caller, question, documents, limit)),
                UNREADABLE);
    }

    private static Found byWords(
            Connection transaction, String caller, String question, Collection<UUID> documents, int limit)
            throws SQLException {
        List<RankedPassage> ranked = LexicalRanking.rank(transaction, caller, documents, question, limit);
        return new Found(RetrievalMode.LEXICAL, PassageRepository.find(transaction, caller, ranked));
    }
}
