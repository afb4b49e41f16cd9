package io.sluice.worker.retrieval;

import io.sluice.embedding.VectorIndex.Passage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the table {@code passage_vectors}, and which documents have vectors of a model. */
final class VectorRows {

    private static final int ROWS_AT_A_TIME = 2_000;

    private static final String LIST =
            """
            select id, owner, issuer, visibility = 'shared' as shared, version, passage_count from documents
             where status = 'ready'
               and exists (select from passage_vectors where document_id = documents.id and model = ?)""";

    private static final String READ =
            "select document_id, passage_ids, vectors from passage_vectors where document_id = any (?) and model = ?"
                    + " order by document_id, block";

    /**
     * A document that is ready and has vectors.
     *
     * @param version changes whenever one of the others does, and with the passages
     */
    record Listed(UUID id, String owner, String issuer, boolean shared, long version, int passages) {}

    /** Takes documents, one after the other. */
    @FunctionalInterface
    interface Listing {
        /** False if no other is wanted. */
        boolean take(Listed document);
    }

    /** Lists the documents that have vectors of this model, without holding them. The transaction is not one of autocommit. */
    void list(Connection transaction, String model, Listing listing) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(LIST)) {
            select.setFetchSize(ROWS_AT_A_TIME);
            select.setString(1, model);
            try (ResultSet rows = select.executeQuery()) {
                boolean isWanted = true;
                while (isWanted && rows.next()) {
                    isWanted = listing.take(new Listed(
                            rows.getObject("id", UUID.class),
                            rows.getString("owner"),
                            rows.getString("issuer"),
                            rows.getBoolean("shared"),
                            rows.getLong("version"),
                            rows.getInt("passage_count")));
                }
            }
        }
    }

    /** Vectors of documents; one that has none any more is missing. */
    Map<UUID, List<Passage>> read(Connection transaction, String model, List<UUID> documents) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(READ)) {
            select.setArray(1, transaction.createArrayOf("uuid", documents.toArray()));
            select.setString(2, model);
            try (ResultSet rows = select.executeQuery()) {
                Map<UUID, List<Passage>> read = new HashMap<>();
                while (rows.next()) {
                    read.computeIfAbsent(rows.getObject("document_id", UUID.class), id -> new ArrayList<>())
                            .addAll(passages(
                                    (Long[]) rows.getArray("passage_ids").getArray(), rows.getBytes("vectors")));
                }
                return read;
            }
        }
    }

    private static List<Passage> passages(Long[] ids, byte[] vectors) {
        int dimensions = vectors.length / ids.length;
        List<Passage> passages = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            byte[] vector = new byte[dimensions];
            System.arraycopy(vectors, i * dimensions, vector, 0, dimensions);
            passages.add(new Passage(ids[i], vector));
        }
        return passages;
    }
}
