package io.sluice.worker.retrieval;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A search for the passages that are nearest to a question. Searches may come at any time, and from any thread; updates from one. */
interface VectorSearch {

    /** Takes over what has changed in PostgreSQL. The transaction is not one of autocommit. */
    void update(Connection transaction) throws SQLException;

    /** True once it is known what there is. */
    boolean isKnown();

    /** True if all vectors are searched, false before it is known which there are, and if there are too many. */
    boolean isComplete();

    /** Number of passages that are searched. */
    long size();

    /** Place where is searched, for people. */
    String place();

    /**
     * Finds the passages that are nearest to a question, among those of documents that the caller can read.
     *
     * @param question its vector
     * @param documents in which is looked; all of them if empty
     * @return some may be missing where the search is not {@linkplain #isComplete() complete}
     */
    Nearest nearest(float[] question, String caller, Collection<UUID> documents, int limit) throws SQLException;

    /** Passages that are nearest to a question. */
    interface Nearest {

        /** Ids, the nearest first. */
        List<Long> passages();

        /** Finds the passages of these that were not looked at, as of documents that have become ready a moment ago, or have no vectors. */
        Set<Long> unknown(Collection<Long> some) throws SQLException;
    }
}
