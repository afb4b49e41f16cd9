package io.sluice.worker.embedding;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The table {@code passage_vectors}. The transaction is the caller's, and has the document's row locked. */
public final class VectorTable {

    /** A document of more is found by its words alone: it would take the only processor for longer than seven minutes. */
    public static final int MAX_PASSAGES = 10_000;

    /** Passages of a row at most. */
    static final int BLOCK = 256;

    /** Does not wait for others that write vectors of the model. */
    private static final String INSERT_MODEL =
            "insert into embedding_models (model, seen_at) values (?, now()) on conflict do nothing";

    private static final String INSERT =
            """
            insert into passage_vectors (document_id, model, block, passage_ids, vectors)
            select ?, ?, ?, array_agg(id order by ordinal), ? from passages where document_id = ? and ordinal between ? and ?""";

    /**
     * Adds the vectors of all passages of a document, which are in {@code passages} already.
     *
     * @param model that they are of
     * @param vectors as {@link io.sluice.embedding.QuantizedVector} makes them, in the order of the passages
     */
    public void insert(Connection transaction, UUID document, String model, List<byte[]> vectors) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_MODEL)) {
            insert.setString(1, model);
            insert.executeUpdate();
        }
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (int from = 0; from < vectors.size(); from += BLOCK) {
                List<byte[]> block = vectors.subList(from, Math.min(from + BLOCK, vectors.size()));
                insert.setObject(1, document);
                insert.setString(2, model);
                insert.setInt(3, from / BLOCK);
                insert.setBytes(4, joined(block));
                insert.setObject(5, document);
                insert.setInt(6, from + 1);
                insert.setInt(7, from + block.size());
                insert.executeUpdate();
            }
        }
    }

    private static byte[] joined(List<byte[]> vectors) {
        int dimensions = vectors.get(0).length;
        byte[] joined = new byte[vectors.size() * dimensions];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, joined, i * dimensions, dimensions);
        }
        return joined;
    }
}
