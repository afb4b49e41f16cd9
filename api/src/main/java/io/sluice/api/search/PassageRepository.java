package io.sluice.api.search;

import io.sluice.api.database.Sql;
import io.sluice.retrieval.DocumentAccess;
import io.sluice.retrieval.RankedPassage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads passages that were ranked. */
final class PassageRepository {

    private static final String FIND =
            """
            select passages.id, document_id, name, version, ordinal, page, heading, text, score
              from unnest(?::bigint[], ?::float8[]) with ordinality as ranked(id, score, place)
              join passages using (id) join documents on documents.id = document_id
             where status = 'ready' and\s"""
                    + DocumentAccess.READABLE
                    + " and (cardinality(?) = 0 or document_id = any (?)) order by place limit ?";

    private PassageRepository() {}

    /**
     * Reads those passages that are still there, of documents that are ready and that the caller can read now, in their order. Nothing that a
     * ranking says is believed: it may be a moment old, and another program's.
     *
     * @param documents that they have to be of; any if empty
     * @param limit number of passages, at most
     */
    static List<FoundPassage> find(
            Connection transaction, String caller, Collection<UUID> documents, List<RankedPassage> ranked, int limit)
            throws SQLException {
        Long[] ids = ranked.stream().map(RankedPassage::id).toArray(Long[]::new);
        Double[] scores = ranked.stream().map(RankedPassage::score).toArray(Double[]::new);
        UUID[] selection = documents.toArray(UUID[]::new);
        return Sql.query(
                transaction,
                FIND,
                List.of(ids, scores, caller, caller, selection, selection, limit),
                PassageRepository::read);
    }

    private static List<FoundPassage> read(ResultSet rows) throws SQLException {
        List<FoundPassage> passages = new ArrayList<>();
        while (rows.next()) {
            passages.add(new FoundPassage(
                    rows.getLong("id"),
                    rows.getObject("document_id", UUID.class),
                    rows.getString("name"),
                    rows.getLong("version"),
                    rows.getInt("ordinal"),
                    rows.getObject("page", Integer.class),
                    rows.getString("heading"),
                    rows.getString("text"),
                    rows.getDouble("score")));
        }
        return passages;
    }
}
