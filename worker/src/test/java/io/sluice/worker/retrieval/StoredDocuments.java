package io.sluice.worker.retrieval;

import io.sluice.embedding.QuantizedVector;
import io.sluice.worker.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Documents that are ready, as ingest leaves them. */
public final class StoredDocuments {

    private static final String DOCUMENT =
            """
            insert into documents (
                id, owner, visibility, name, media_type, sha256, storage_key, bytes, status, job_id, created_at, updated_at)
            values (?, ?, ?, 'a document', 'text/plain', sha256(?::text::bytea), ?, 1, 'running', gen_random_uuid(), now(), now())""";

    private static final String READY =
            "update documents set status = 'ready', passage_count = ?, lexeme_count = ?, ready_at = now() where id = ?";

    private static final String PASSAGES =
            """
            insert into passages (document_id, ordinal, text)
            select ?, ordinal, text from unnest(?::text[]) with ordinality as given(text, ordinal)""";

    private static final String TERMS =
            """
            insert into passage_terms
            select lexeme, document_id, 0, array_agg(ordinal order by ordinal), array_agg(frequency order by ordinal), array_agg(length order by ordinal)
              from (select document_id, ordinal, lexeme, cardinality(positions)::smallint as frequency,
                           sum(cardinality(positions)) over (partition by ordinal)::smallint as length
                      from passages, unnest(passage_lexemes(text)) where document_id = ?) as term
             group by lexeme, document_id""";

    private static final String VECTORS =
            """
            insert into passage_vectors (document_id, model, block, passage_ids, vectors)
            select document_id, ?, ordinal, array[id], ? from passages where document_id = ? and ordinal = ?""";

    private final Rows rows;

    public StoredDocuments(Rows rows) {
        this.rows = rows;
    }

    /** Adds one. Its passages have words, and no vectors. */
    public UUID add(String owner, String visibility, String... texts) throws SQLException {
        return add(owner, visibility, "", List.of(), texts);
    }

    /** Adds one whose passages have vectors of a model, before it is ready. */
    UUID add(String owner, String visibility, String model, List<float[]> vectors, String... texts)
            throws SQLException {
        UUID id = UUID.randomUUID();
        rows.execute(DOCUMENT, id, owner, visibility, id, id.toString());
        rows.execute(PASSAGES, id, texts);
        rows.execute(TERMS, id);
        for (int i = 0; i < vectors.size(); i++) {
            addVector(id, model, i + 1, vectors.get(i));
        }
        rows.execute(READY, texts.length, 5L * texts.length, id);
        return id;
    }

    /** Adds the vector of a passage, which is a block of its own. */
    public void addVector(UUID document, String model, int ordinal, float[] vector) throws SQLException {
        rows.execute(VECTORS, model, QuantizedVector.of(vector), document, ordinal);
    }

    /** The id of a passage. */
    long passage(UUID document, int ordinal) throws SQLException {
        return Long.parseLong(
                rows.texts("select id from passages where document_id = ? and ordinal = ?", document, ordinal)
                        .get(0));
    }
}
