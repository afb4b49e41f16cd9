package io.sluice.api.search;

import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Documents with their passages and terms, as the worker leaves them. */
@ApplicationScoped
public class SearchedDocuments {

    private static final String DOCUMENT =
            """
            insert into documents (
                id, owner, visibility, name, media_type, sha256, storage_key, bytes, status, job_id, version, pages, passage_count,
                lexeme_count, created_at, updated_at, ready_at)
            values (?, ?, ?, 'Doses.pdf', 'application/pdf', sha256(?::bytea), ?, 1, 'ready', gen_random_uuid(), 3, 2, ?, ?, now(), now(), now())""";

    private static final String PASSAGES =
            """
            insert into passages (document_id, ordinal, page, heading, text)
            select ?, ordinal, ordinal, 'Doses', text from unnest(?::text[]) with ordinality as given(text, ordinal)""";

    private static final String TERMS =
            """
            insert into passage_terms
            select lexeme, document_id, 0, array_agg(ordinal order by ordinal), array_agg(frequency order by ordinal), array_agg(length order by ordinal)
              from (select document_id, ordinal, lexeme, cardinality(positions)::smallint as frequency,
                           sum(cardinality(positions)) over (partition by ordinal)::smallint as length
                      from passages, unnest(passage_lexemes(text)) where document_id = ?) as term
             group by lexeme, document_id""";

    private final StoredDeadLetters tables;

    SearchedDocuments(StoredDeadLetters tables) {
        this.tables = tables;
    }

    /** Runs a statement. */
    public void execute(String sql, Object... parameters) {
        tables.execute(sql, parameters);
    }

    /** Stores one of version 3, with a passage on each page. */
    public UUID store(String owner, String visibility, String... texts) {
        UUID id = UUID.randomUUID();
        String key = StorageKey.unique("documents", owner).value();
        execute(DOCUMENT, id, owner, visibility, id.toString(), key, texts.length, 2L * texts.length);
        execute(PASSAGES, id, texts);
        execute(TERMS, id);
        return id;
    }
}
