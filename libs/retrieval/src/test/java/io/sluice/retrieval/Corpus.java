package io.sluice.retrieval;

import io.sluice.settings.DatabaseUrl;
import io.sluice.testkit.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Documents in PostgreSQL, as the worker leaves them, in a transaction that is rolled back. */
final class Corpus implements AutoCloseable {

    private static final String PASSAGES =
            """
            with passage as (
                insert into passages (document_id, ordinal, text)
                select ?, ordinal, text from unnest(?::text[]) with ordinality as given(text, ordinal)
                returning ordinal, text),
            term as (
                select ordinal, lexeme, cardinality(positions)::smallint as frequency,
                       sum(cardinality(positions)) over (partition by ordinal)::smallint as length
                  from passage, unnest(passage_lexemes(text))),
            inserted as (
                insert into passage_terms
                select lexeme, ?, (ordinal - 1) / 2 as block, array_agg(ordinal order by ordinal),
                       array_agg(frequency order by ordinal), array_agg(length order by ordinal)
                  from term group by lexeme, block)
            update documents set passage_count = ?, lexeme_count = (select sum(frequency) from term), status = 'ready' where id = ?""";

    private final List<Passage> passages = new ArrayList<>();
    private final Connection transaction;

    /** A passage of a document, and its text. */
    record Passage(UUID document, long id, String text) {}

    Corpus() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(Servers.shared().databaseUrl());
        transaction = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        transaction.setAutoCommit(false);
    }

    Connection transaction() {
        return transaction;
    }

    /** All passages, as they were added. */
    List<Passage> passages() {
        return passages;
    }

    /** Adds a document that is ready, in blocks of two passages. */
    UUID add(String owner, String visibility, String... texts) throws SQLException {
        UUID id = UUID.randomUUID();
        execute(
                """
                insert into documents (id, owner, visibility, name, media_type, sha256, storage_key, bytes, job_id, created_at, updated_at)
                values (?, ?, ?, 'a document', 'text/plain', sha256(?::text::bytea), ?, 1, gen_random_uuid(), now(), now())""",
                id,
                owner,
                visibility,
                id,
                id.toString());
        execute(PASSAGES, id, texts, id, texts.length, id);
        try (PreparedStatement select =
                transaction.prepareStatement("select id, text from passages where document_id = ? order by ordinal")) {
            select.setObject(1, id);
            var rows = select.executeQuery();
            while (rows.next()) {
                passages.add(new Passage(id, rows.getLong("id"), rows.getString("text")));
            }
        }
        return id;
    }

    void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        transaction.close();
    }
}
