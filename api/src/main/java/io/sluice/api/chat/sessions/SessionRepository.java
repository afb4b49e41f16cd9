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
            select turn, number, document_id, name, version, passage_id, page, heading, quote, score
              from chat_quotations join passages on passages.id = passage_id join documents on documents.id = document_id
             where session_id = ? and status = 'ready' and\s"""
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
            Map<Integer, List<Source>> sources = sources(transaction, id, owner);
            return Sql.query(transaction, TURNS, List.of(id, limit), rows -> {
                List<Turn> turns = new ArrayList<>();
                while (rows.next()) {
                    turns.add(0, turn(rows, sources.getOrDefault(rows.getInt("number"), List.of())));
                }
                return turns;
            });
        });
    }

    private static Turn turn(ResultSet row, List<Source> sources) throws SQLException {
        boolean whole = sources.size() == row.getInt("sources");
        return new Turn(
                row.getInt("number"),
                row.getString("question"),
                whole ? row.getString("answer") : null,
                row.getBoolean("found"),
                row.getString("mode"),
                sources,
                Sql.instant(row, "created_at"));
    }

    private static Map<Integer, List<Source>> sources(Connection transaction, UUID id, String owner)
            throws SQLException {
        return Sql.query(transaction, SOURCES, List.of(id, owner, owner), rows -> {
            Map<Integer, List<Source>> sources = new HashMap<>();
            while (rows.next()) {
                sources.computeIfAbsent(rows.getInt("turn"), turn -> new ArrayList<>())
                        .add(new Source(
                                rows.getInt("number"),
                                rows.getObject("document_id", UUID.class),
                                rows.getString("name"),
                                rows.getLong("version"),
                                rows.getLong("passage_id"),
                                rows.getObject("page", Integer.class),
                                rows.getString("heading"),
                                rows.getString("quote"),
                                rows.getDouble("score")));
            }
            return sources;
        });
    }
}
