package io.sluice.worker.retrieval;

import io.sluice.embedding.VectorIndex;
import io.sluice.embedding.VectorIndex.Hit;
import io.sluice.embedding.VectorIndex.Passage;
import io.sluice.retrieval.DocumentAccess;
import io.sluice.worker.retrieval.VectorRows.Listed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Vectors of all documents in memory, up to a number of passages. It is a moment behind PostgreSQL, and so what it finds is only to be shown
 * if PostgreSQL says the same. Searches may come at any time, and from any thread; updates from one.
 */
final class DocumentVectors implements VectorSearch {

    /** Passages whose vectors are read at a time, or those of one document that has more. */
    private static final int PASSAGES_AT_A_TIME = 2_000;

    private final VectorRows rows = new VectorRows();
    private final String model;
    private final int dimensions;
    private final int capacity;

    /** Versions of the documents that are in the index. */
    private final Map<UUID, Long> versions = new HashMap<>();

    private volatile VectorIndex index;

    /** False until all vectors are in the index, and while there are too many. */
    private volatile boolean complete;

    private volatile boolean known;

    /**
     * Without a vector.
     *
     * @param model as {@link io.sluice.embedding.Embedder#model} names it
     * @param capacity number of passages that are held at most
     */
    DocumentVectors(String model, int dimensions, int capacity) {
        this.model = model;
        this.dimensions = dimensions;
        this.capacity = capacity;
        this.index = new VectorIndex(dimensions, capacity);
    }

    /** Documents that are there, and those of them that have changed. */
    private static final class Changes {
        private final Set<UUID> there = new HashSet<>();
        private final List<Listed> changed = new ArrayList<>();
        private long passages;
    }

    @Override
    public void update(Connection transaction) throws SQLException {
        Changes changes = new Changes();
        rows.list(transaction, model, document -> {
            changes.there.add(document.id());
            changes.passages += document.passages();
            if (!Long.valueOf(document.version()).equals(versions.get(document.id()))) {
                changes.changed.add(document);
            }
            return changes.passages <= capacity;
        });
        if (changes.passages > capacity) {
            complete = false;
            index = new VectorIndex(dimensions, capacity);
            versions.clear();
        } else {
            apply(transaction, changes);
            complete = true;
        }
        known = true;
    }

    private void apply(Connection transaction, Changes changes) throws SQLException {
        versions.keySet().removeIf(id -> {
            boolean gone = !changes.there.contains(id);
            if (gone) {
                index.remove(id);
            }
            return gone;
        });
        List<Listed> piece = new ArrayList<>();
        int passages = 0;
        for (Listed document : changes.changed) {
            if (!piece.isEmpty() && passages + document.passages() > PASSAGES_AT_A_TIME) {
                read(transaction, piece);
                piece.clear();
                passages = 0;
            }
            piece.add(document);
            passages += document.passages();
        }
        read(transaction, piece);
    }

    private void read(Connection transaction, List<Listed> documents) throws SQLException {
        Map<UUID, List<Passage>> vectors =
                rows.read(transaction, model, documents.stream().map(Listed::id).toList());
        for (Listed document : documents) {
            // One that was replaced since it was listed has none, or those of its next version: then it is listed
            // again.
            if (index.put(document.id(), readers(document), vectors.getOrDefault(document.id(), List.of()))) {
                versions.put(document.id(), document.version());
            }
        }
    }

    private static String readers(Listed document) {
        return document.shared() ? sharedBy(document.issuer()) : document.owner();
    }

    /** No caller is called so: PostgreSQL has no texts with U+0000. */
    private static String sharedBy(String issuer) {
        return "\0" + issuer;
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public long size() {
        return index.size();
    }

    @Override
    public String place() {
        return "in memory";
    }

    private static final class Found implements Nearest {
        private final List<Long> passages;
        private final VectorIndex index;
        private final long revision;

        Found(List<Long> passages, VectorIndex index, long revision) {
            this.passages = passages;
            this.index = index;
            this.revision = revision;
        }

        @Override
        public List<Long> passages() {
            return passages;
        }

        @Override
        public Set<Long> unknown(Collection<Long> some) {
            Set<Long> unknown = index.unknown(some, revision);
            passages.forEach(unknown::remove);
            return unknown;
        }
    }

    @Override
    public Nearest nearest(float[] question, String caller, Collection<UUID> documents, int limit) {
        Set<UUID> selection = Set.copyOf(documents);
        Set<String> readers = Set.of(caller, sharedBy(DocumentAccess.issuer(caller)));
        VectorIndex searched = index;
        long revision = searched.revision();
        List<Long> passages =
                searched.search(question, limit, readers, id -> selection.isEmpty() || selection.contains(id)).stream()
                        .map(Hit::passage)
                        .toList();
        return new Found(passages, searched, revision);
    }
}
