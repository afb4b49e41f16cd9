package io.sluice.retrieval;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Lexemes of questions and texts, and how much each tells among the documents that the caller can read. */
public final class QuestionTerms {

    /**
     * Rows of postings that are counted for a lexeme. What is in more documents than that tells little, and counts as if it were in no more:
     * enough to part it from what is rare, at a price that does not grow with the number of documents.
     */
    static final int MAX_ROWS = 1_000;

    private static final String WEIGHTS =
            """
            with visible as materialized (
                select id, passage_count from documents
                 where status = 'ready'
                   and (owner = ? or visibility = 'shared' and issuer = regexp_replace(?, '[^/]*$', ''))
                   and (cardinality(?::uuid[]) = 0 or id = any (?::uuid[]))),
            corpus as (select coalesce(sum(passage_count), 0)::float8 as passages from visible)
            select lexeme, ln(1 + (passages - found + 0.5) / (found + 0.5))
              from corpus, unnest((tsvector_to_array(passage_lexemes(?)))[1:?]) as lexeme, lateral (
                select coalesce(sum(cardinality(ordinals)), 0)::float8 as found from (
                    select ordinals from passage_terms
                     where passage_terms.lexeme = lexeme.lexeme and document_id = any (array(select id from visible)) limit ?) as counted) as counts""";

    private static final String LEXEMES =
            """
            select tsvector_to_array(passage_lexemes(text))
              from unnest(?::text[]) with ordinality as given(text, place) order by place""";

    private QuestionTerms() {}

    /**
     * The lexemes of a question, each with its inverse document frequency as in {@link LexicalRanking}: above 0, and the greater the fewer
     * passages have it. Greatest for those that no passage has.
     *
     * @param transaction in which no statement has failed; no autocommit
     * @param caller name of who asks, in full, as the owner of documents
     * @param documents in which is looked, among those that the caller can read; all of them if empty
     * @param question without U+0000
     * @return {@value LexicalRanking#MAX_LEXEMES} at most; none if the question has but words that tell nothing, as {@code of the}
     */
    public static Map<String, Double> weights(
            Connection transaction, String caller, Collection<UUID> documents, String question) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(WEIGHTS)) {
            Object ids = transaction.createArrayOf("uuid", documents.toArray());
            List<Object> parameters = List.of(caller, caller, ids, ids, question, LexicalRanking.MAX_LEXEMES, MAX_ROWS);
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Double> weights = new HashMap<>();
                while (rows.next()) {
                    weights.put(rows.getString(1), rows.getDouble(2));
                }
                return weights;
            }
        }
    }

    /**
     * The lexemes of texts, as those of passages and questions are made.
     *
     * @param texts without U+0000
     * @return as many, in the same order
     */
    public static List<Set<String>> lexemes(Connection transaction, List<String> texts) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(LEXEMES)) {
            select.setArray(1, transaction.createArrayOf("text", texts.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                List<Set<String>> lexemes = new ArrayList<>();
                while (rows.next()) {
                    lexemes.add(Set.of((String[]) rows.getArray(1).getArray()));
                }
                return lexemes;
            }
        }
    }
}
