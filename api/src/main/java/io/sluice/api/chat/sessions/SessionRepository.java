package io.sluice.api.chat.sessions;

import io.sluice.api.chat.answers.Source;
import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Page;
import io.sluice.retrieval.DocumentAccess;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds sessions, of one owner each time. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@Singleton
class SessionRepository {

    private static final String FIND = "select " + Session.COLUMNS + " from chat_sessions where id = ? and owner = ?";

    private static final String LIST = "select " + Session.COLUMNS + " from chat_sessions where owner = ?";

    private static final String DELETE = "delete from chat_sessions where id = ? and owner = ? returning id";

    private static final String TURNS =
            """
            select number, question, answer, found, mode, sources, created_at from chat_turns
             where session_id = ? order by number desc limit ?""";

    private static final String SOURCES =
            """
            select turn, number, document_id, name, version, passage_id, page, heading, quote, score, cited
              from chat_quotations join passages on passages.id = passage_id join documents on documents.id = document_id
             where session_id = ? and turn > (select turns from chat_sessions where id = session_id) - ?
               and status = 'ready' and\s"""
                    + DocumentAccess.READABLE + " order by turn, number";

    private final Sql sql;

    SessionRepository(Sql sql) {
        this.sql = sql;
    }

    Optional<Session> find(UUID id, String owner) {
        return sql.query(
                FIND, List.of(id, owner), rows -> rows.next() ? Optional.of(Session.of(rows)) : Optional.empty());
    }

    /** The page that is asked for, the ones that were begun last first. */
    Page<Session, Cursor> page(String owner, SessionListQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String statement = query.append(LIST, parameters);
        return sql.query(statement, parameters, rows -> Page.read(rows, query.limit(), Session::of, Session::place));
    }

    /** False if there is none. */
    boolean delete(UUID id, String owner) {
        return sql.query(DELETE, List.of(id, owner), ResultSet::next);
    }

    /** The last turns of a session, the first one first. What they quote is read now: of what is gone nothing is shown. */
    List<Turn> turns(UUID id, String owner, int limit) {
        return sql.inTransaction(transaction -> {
            Map<Integer, Given> given = given(transaction, id, owner, limit);
            return Sql.query(transaction, TURNS, List.of(id, limit), rows -> {
                List<Turn> turns = new ArrayList<>();
                while (rows.next()) {
                    turns.add(0, turn(rows, given.getOrDefault(rows.getInt("number"), Given.NOTHING)));
                }
                return turns;
            });
        });
    }

    /**
     * Sources of an answer that can be read now.
     *
     * @param count of all that it was made of
     * @param cited those that its text refers to
     */
    private record Given(int count, List<Source> cited) {

        private static final Given NOTHING = new Given(0, List.of());

        private Given and(Source source, boolean isCited) {
            return new Given(
                    count + 1,
                    isCited ? Stream.concat(cited.stream(), Stream.of(source)).toList() : cited);
        }
    }

    private static Turn turn(ResultSet row, Given given) throws SQLException {
        boolean whole = given.count() == row.getInt("sources");
        return new Turn(
                row.getInt("number"),
                row.getString("question"),
                whole ? row.getString("answer") : null,
                row.getBoolean("found"),
                row.getString("mode"),
                given.cited(),
                Sql.instant(row, "created_at"));
    }

    private static Map<Integer, Given> given(Connection transaction, UUID id, String owner, int limit)
            throws SQLException {
        return Sql.query(transaction, SOURCES, List.of(id, limit, owner, owner), rows -> {
            Map<Integer, Given> given = new HashMap<>();
            while (rows.next()) {
                int turn = rows.getInt("turn");
                given.put(turn, given.getOrDefault(turn, Given.NOTHING).and(source(rows), rows.getBoolean("cited")));
            }
            return given;
        });
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getInt("number"),
                row.getObject("document_id", UUID.class),
                row.getString("name"),
                row.getLong("version"),
                row.getLong("passage_id"),
                row.getObject("page", Integer.class),
                row.getString("heading"),
                row.getString("quote"),
                row.getDouble("score"));
    }
}
