package io.sluice.benchmarks.retrieval;

import io.sluice.testkit.PdfFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Passages that make a search longer, written to PostgreSQL as the worker leaves them. Their words are drawn from the passages that are there,
 * each as often as it stands there; their vectors have any direction.
 */
public final class FillerPassages {

    private static final int PASSAGES_OF_A_DOCUMENT = 200;
    private static final int WORDS_OF_A_PASSAGE = 85;
    private static final int LINES_OF_A_PAGE = 44;
    private static final int WORDS_OF_A_LINE = 9;

    private static final String TEXTS = "select text from passages order by id limit 10000";

    private static final String MODEL =
            "select model, octet_length(vectors) / cardinality(passage_ids) from passage_vectors limit 1";

    private static final String DOCUMENT =
            """
            insert into documents (
                id, owner, name, media_type, sha256, storage_key, bytes, status, job_id, passage_count, lexeme_count, created_at, updated_at, ready_at)
            select ?, owner, 'filler', 'text/plain', sha256(?::text::bytea), ?, 1, 'ready', gen_random_uuid(), ?, 1, now(), now(), now()
              from documents limit 1""";

    private static final String PASSAGES =
            """
            insert into passages (document_id, ordinal, text)
            select ?, ordinal, text from unnest(?::text[]) with ordinality as given(text, ordinal)""";

    private static final String TERMS =
            """
            with term as (
                select ordinal, lexeme, cardinality(positions)::smallint as frequency,
                       sum(cardinality(positions)) over (partition by ordinal)::smallint as length
                  from passages, unnest(passage_lexemes(text)) where document_id = ?),
            inserted as (
                insert into passage_terms
                select lexeme, ?, 0, array_agg(ordinal order by ordinal), array_agg(frequency order by ordinal), array_agg(length order by ordinal)
                  from term group by lexeme)
            update documents set lexeme_count = (select sum(frequency) from term) where id = ?""";

    private static final String VECTORS =
            """
            insert into passage_vectors (document_id, model, block, passage_ids, vectors)
            select document_id, ?, 0, array_agg(id order by ordinal), ? from passages where document_id = ? group by document_id""";

    private final Random random;
    private final Connection database;
    private final List<String> words = new ArrayList<>();
    private final String model;
    private final int dimensions;

    /**
     * Reads what there is to draw from.
     *
     * @param database with a document that is ready, and has vectors
     */
    public FillerPassages(Connection database, long seed) throws SQLException {
        this.database = database;
        this.random = new Random(seed);
        try (Statement select = database.createStatement()) {
            try (ResultSet texts = select.executeQuery(TEXTS)) {
                while (texts.next()) {
                    words.addAll(List.of(texts.getString(1).strip().split("\\s+")));
                }
            }
            try (ResultSet row = select.executeQuery(MODEL)) {
                if (!row.next()) {
                    throw new SQLException("no document has vectors");
                }
                model = row.getString(1);
                dimensions = row.getInt(2);
            }
        }
    }

    /** A PDF of pages full of such words, of which each has some 400. */
    public byte[] pdf(int pages) {
        String[] texts = new String[pages];
        for (int page = 0; page < pages; page++) {
            List<String> lines = new ArrayList<>();
            for (int line = 0; line < LINES_OF_A_PAGE; line++) {
                lines.add(words(WORDS_OF_A_LINE).replaceAll("[^ -~]|[()\\\\]", ""));
            }
            texts[page] = String.join("\n", lines);
        }
        return PdfFile.of(texts);
    }

    /** Adds passages, in documents of the same caller. */
    public void add(long passages) throws SQLException {
        for (long left = passages; left > 0; left -= PASSAGES_OF_A_DOCUMENT) {
            addDocument((int) Math.min(left, PASSAGES_OF_A_DOCUMENT));
        }
        try (Statement analyze = database.createStatement()) {
            analyze.execute("vacuum analyze");
        }
    }

    private void addDocument(int passages) throws SQLException {
        UUID id = UUID.randomUUID();
        String[] texts = new String[passages];
        for (int i = 0; i < passages; i++) {
            texts[i] = words(WORDS_OF_A_PASSAGE);
        }
        byte[] vectors = new byte[passages * dimensions];
        random.nextBytes(vectors);
        execute(DOCUMENT, id, id.toString(), id.toString(), passages);
        execute(PASSAGES, id, texts);
        execute(TERMS, id, id, id);
        execute(VECTORS, model, vectors, id);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.toString();
    }

    private void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
