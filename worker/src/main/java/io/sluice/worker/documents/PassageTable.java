package io.sluice.worker.documents;

import io.sluice.documents.Passage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables {@code passages} and {@code passage_terms}. The transaction is the caller's, and has the document's row locked. */
final class PassageTable {

    /** Passages of a row of terms at most, and of a statement. */
    static final int BLOCK = 2_000;

    /** PostgreSQL finds the lexemes, as it does for those of a query. */
    private static final String INSERT =
            """
            with passage as (
                insert into passages (document_id, ordinal, page, heading, text)
                select ?, * from unnest(?::int[], ?::int[], ?::text[], ?::text[])
                returning ordinal, heading, text),
            term as (
                select ordinal, lexeme, least(cardinality(positions), 32767)::smallint as frequency,
                       least(sum(cardinality(positions)) over (partition by ordinal), 32767)::smallint as length
                  from passage, unnest(passage_lexemes(concat_ws(E'\n', heading, text)))),
            inserted as (
                insert into passage_terms (lexeme, document_id, block, ordinals, frequencies, lengths)
                select lexeme, ?, ?, array_agg(ordinal order by ordinal), array_agg(frequency order by ordinal),
                       array_agg(length order by ordinal)
                  from term group by lexeme)
            select coalesce(sum(frequency), 0) from term""";

    /**
     * Adds passages.
     *
     * @param block number of those of the document that were added before
     * @param passages {@value #BLOCK} at most
     * @return number of their lexemes, each as often as it stands there
     */
    long insert(Connection transaction, UUID document, int block, List<Passage> passages) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setObject(1, document);
            insert.setArray(2, transaction.createArrayOf("int4", column(passages, passage -> passage.ordinal() + 1)));
            insert.setArray(
                    3,
                    transaction.createArrayOf(
                            "int4",
                            column(
                                    passages,
                                    passage -> passage.page().isPresent()
                                            ? passage.page().getAsInt()
                                            : null)));
            insert.setArray(4, transaction.createArrayOf("text", column(passages, PassageTable::heading)));
            insert.setArray(5, transaction.createArrayOf("text", column(passages, Passage::text)));
            insert.setObject(6, document);
            insert.setInt(7, block);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static @Nullable Object[] column(List<Passage> passages, Function<Passage, @Nullable Object> value) {
        @Nullable Object[] column = new @Nullable Object[passages.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(passages.get(i));
        }
        return column;
    }

    /** The headings of a passage as they are stored and embedded, or {@code null} if it has none. */
    static @Nullable String heading(Passage passage) {
        return passage.headings().isEmpty() ? null : String.join(" > ", passage.headings());
    }
}
