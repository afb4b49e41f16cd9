package io.sluice.retrieval;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Passages ranked by the words of a question: Okapi BM25 over {@code passage_terms}, among the documents that the caller can read and that are
 * ready. Numbers of passages and lengths are those of these documents alone, so that a rank tells nothing of what others have.
 *
 * @see <a href="https://doi.org/10.1561/1500000019">Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond</a>
 */
public final class LexicalRanking {

    /** Saturation of a lexeme's frequency in a passage, as Lucene has it. */
    static final double K1 = 1.2;

    /** Part that the length of a passage has, from 0 to 1, as Lucene has it. */
    static final double B = 0.75;

    /** Different lexemes of a question that are looked for. */
    static final int MAX_LEXEMES = 128;

    /**
     * Rows of postings that are read for the words of a question, the rarest first: they lie all over the table, and reading them takes most of the
     * time. What is in more documents is looked up for the {@link #CANDIDATES} alone. The rarest of all is read however many there are.
     */
    static final int MAX_ROWS = 8_000;

    /**
     * Occurrences that are scored, the rarest lexemes first. Those that would exceed it, which are in so many passages that they tell little, are
     * left out, but for the rarest of all.
     */
    static final int MAX_POSTINGS = 50_000;

    /** Best passages by the rare lexemes, in which the common ones are looked up; as many as are asked for, where that is more. */
    static final int CANDIDATES = 500;

    /**
     * Plans are made for the parameters: one for any would look through all documents of all callers. Compiling takes longer than most questions
     * do.
     */
    private static final String SETTINGS = "set local plan_cache_mode = force_custom_plan; set local jit = off";

    /** Share of a lexeme in the score of a passage. */
    private static final String SCORE =
            "weight * frequency * (%1$s + 1) / (frequency + %1$s * (1 - %2$s + %2$s * length / mean_length))"
                    .formatted(K1, B);

    /**
     * Documents stand in an array, so that the index of the postings is asked for them and no others. Of the common lexemes nobody counts in how many
     * passages they are: that is estimated by the documents of the candidates.
     */
    private static final String RANK =
            """
            with visible as materialized (
                select id, passage_count, lexeme_count from documents
                 where status = 'ready'
                   and %2$s
                   and (cardinality(?::uuid[]) = 0 or id = any (?::uuid[]))),
            corpus as (
                select sum(passage_count)::float8 as passages, sum(lexeme_count)::float8 / sum(passage_count) as mean_length
                  from visible),
            asked as materialized (
                select lexeme, sum(count(*)) over rarest <= ? or row_number() over rarest = 1 as is_rare
                  from passage_terms
                 where lexeme = any ((tsvector_to_array(passage_lexemes(?)))[1:?]) and document_id = any (array(select id from visible))
                 group by lexeme window rarest as (order by count(*), lexeme)),
            rare as materialized (
                select lexeme, document_id, ordinals, frequencies, lengths from passage_terms
                 where lexeme = any (array(select lexeme from asked where is_rare)) and document_id = any (array(select id from visible))),
            rare_term as (
                select lexeme, ln(1 + (passages - found + 0.5) / (found + 0.5)) as weight,
                       sum(found) over rarest <= ? or row_number() over rarest = 1 as is_scored
                  from (select lexeme, sum(cardinality(ordinals))::float8 as found from rare group by lexeme) as counted, corpus
                window rarest as (order by found, lexeme)),
            candidate as materialized (
                select document_id, ordinal, sum(%1$s) as score
                  from corpus, rare_term join rare using (lexeme),
                       unnest(ordinals, frequencies, lengths) as occurrence(ordinal, frequency, length)
                 where is_scored
                 group by document_id, ordinal order by score desc, document_id, ordinal limit greatest(?, ?)),
            common as materialized (
                select lexeme, document_id, ordinals, frequencies, lengths from passage_terms
                 where lexeme = any (array(select lexeme from asked where not is_rare))
                   and document_id = any (array(select distinct document_id from candidate))),
            common_term as (
                select lexeme, ln(1 + (passages - found + 0.5) / (found + 0.5)) as weight
                  from corpus, lateral (
                    select lexeme, passages * sum(cardinality(ordinals)) / (
                               select sum(passage_count) from visible where id in (select document_id from candidate)) as found
                      from common group by lexeme) as estimated),
            best as (
                select document_id, ordinal, sum(score) as score from (
                    select document_id, ordinal, score from candidate
                    union all
                    select document_id, ordinal, %1$s
                      from corpus, common_term join common using (lexeme),
                           unnest(ordinals, frequencies, lengths) as occurrence(ordinal, frequency, length)
                     where (document_id, ordinal) in (select document_id, ordinal from candidate)) as shares
                 group by document_id, ordinal order by score desc, document_id, ordinal limit ?)
            select passages.id, score from best join passages using (document_id, ordinal)
             order by score desc, document_id, ordinal"""
                    .formatted(SCORE, DocumentAccess.READABLE);

    private LexicalRanking() {}

    /**
     * Ranks the passages that have a word of the question, or several. The settings of the transaction bound the time; two of them, about plans,
     * are changed until it ends.
     *
     * @param transaction in which no statement has failed; no autocommit
     * @param caller name of who asks, in full, as the owner of documents
     * @param documents in which is looked, among those that the caller can read; all of them if empty
     * @param question without U+0000
     * @param limit number of passages, at most; above 0
     * @return the best first
     */
    public static List<RankedPassage> rank(
            Connection transaction, String caller, Collection<UUID> documents, String question, int limit)
            throws SQLException {
        try (Statement settings = transaction.createStatement()) {
            settings.execute(SETTINGS);
        }
        try (PreparedStatement select = transaction.prepareStatement(RANK)) {
            Object ids = transaction.createArrayOf("uuid", documents.toArray());
            List<Object> parameters = List.of(
                    caller,
                    caller,
                    ids,
                    ids,
                    MAX_ROWS,
                    question,
                    MAX_LEXEMES,
                    (double) MAX_POSTINGS,
                    CANDIDATES,
                    limit,
                    limit);
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                List<RankedPassage> passages = new ArrayList<>();
                while (rows.next()) {
                    passages.add(new RankedPassage(rows.getLong("id"), rows.getDouble("score")));
                }
                return passages;
            }
        }
    }
}
