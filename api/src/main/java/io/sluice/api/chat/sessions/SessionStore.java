package io.sluice.api.chat.sessions;

import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Source;
import io.sluice.api.chat.answers.SourceCheck;
import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.retrieval.DocumentAccess;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Stores turns of sessions. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@Singleton
class SessionStore {

    /** Sessions that an owner has at most; of more the one that was begun first goes. */
    static final int MAX_SESSIONS = 1_000;

    private static final String BEGIN =
            """
            insert into chat_sessions (id, owner, title, turns, created_at, updated_at) values (?, ?, ?, 1, ?, ?) returning turns""";

    private static final String GO_ON =
            """
            update chat_sessions set turns = turns + 1, updated_at = ? where id = ? and owner = ? and turns < ? returning turns""";

    private static final String TURNS = "select turns from chat_sessions where id = ? and owner = ?";

    private static final String MAKE_ROOM =
            """
            delete from chat_sessions where id in (
                select id from chat_sessions where owner = ? order by created_at desc, seq desc offset ?) returning turns""";

    private static final String TURN =
            """
            insert into chat_turns (session_id, number, question, answer, found, mode, sources, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning number""";

    private static final String QUOTATIONS =
            """
            insert into chat_quotations (session_id, turn, number, passage_id, quote, score, cited)
            select ?, ?, number, passage_id, quote, score, number = any(?::int[])
              from unnest(?::int[], ?::bigint[], ?::text[], ?::float8[]) as quoted(number, passage_id, quote, score)
              join passages on passages.id = passage_id join documents on documents.id = document_id
             where status = 'ready' and\s"""
                    + DocumentAccess.READABLE + " for share of documents returning number";

    /** SQLSTATE of a row that refers to one that is gone. */
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private static final int TITLE_LENGTH = 80;

    private final Sql sql;
    private final Clock clock;

    SessionStore(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A turn that is to be stored.
     *
     * @param end says how the answer was made, and what of: it goes with each of its sources
     */
    record NewTurn(String owner, String question, String answer, AnswerPart.Done end) {}

    /**
     * Begins a session with its first turn.
     *
     * @return the number of the turn
     * @throws ProblemException {@link ProblemCode#SOURCE_REMOVED} if a source is gone
     */
    int begin(UUID id, NewTurn turn) {
        Instant now = clock.instant();
        return sql.inTransaction(transaction -> {
            update(transaction, BEGIN, List.of(id, turn.owner(), title(turn.question()), now, now));
            store(transaction, id, 1, turn, now);
            update(transaction, MAKE_ROOM, List.of(turn.owner(), MAX_SESSIONS));
            return 1;
        });
    }

    /**
     * Goes on with a session.
     *
     * @return the number of the turn
     * @throws ProblemException {@link ProblemCode#SOURCE_REMOVED} if a source is gone, {@link ProblemCode#NOT_FOUND} if the session is, {@link
     *     ProblemCode#INVALID_REQUEST} if it has become full
     */
    int goOn(UUID id, NewTurn turn) {
        Instant now = clock.instant();
        return sql.inTransaction(transaction -> {
            int number = update(transaction, GO_ON, List.of(now, id, turn.owner(), Conversations.MAX_TURNS));
            if (number == 0) {
                throw update(transaction, TURNS, List.of(id, turn.owner())) == 0
                        ? SessionProblems.notFound()
                        : SessionProblems.full();
            }
            store(transaction, id, number, turn, now);
            return number;
        });
    }

    private static void store(Connection transaction, UUID id, int number, NewTurn turn, Instant now)
            throws SQLException {
        List<Source> sources = turn.end().given();
        int unused = update(
                transaction,
                TURN,
                List.of(
                        id,
                        number,
                        turn.question(),
                        turn.answer(),
                        turn.end().found(),
                        turn.end().mode().toString(),
                        sources.size(),
                        now));
        if (!sources.isEmpty() && quote(transaction, id, number, turn) < sources.size()) {
            throw SourceCheck.removed();
        }
    }

    /** Number of the sources that are there, and that the owner may read. They cannot be deleted or withdrawn before the turn is stored. */
    private static int quote(Connection transaction, UUID id, int number, NewTurn turn) throws SQLException {
        List<Source> sources = turn.end().given();
        List<Object> parameters = List.of(
                id,
                number,
                turn.end().cited().toArray(Integer[]::new),
                sources.stream().map(Source::number).toArray(Integer[]::new),
                sources.stream().map(Source::passageId).toArray(Long[]::new),
                sources.stream().map(Source::quote).toArray(String[]::new),
                sources.stream().map(Source::score).toArray(Double[]::new),
                turn.owner(),
                turn.owner());
        try {
            return Sql.query(transaction, QUOTATIONS, parameters, rows -> {
                int stored = 0;
                while (rows.next()) {
                    stored++;
                }
                return stored;
            });
        } catch (SQLException e) {
            if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                throw SourceCheck.removed();
            }
            throw e;
        }
    }

    /** Runs a statement that gives a number in its first row; 0 if there is none. */
    private static int update(Connection transaction, String statement, List<Object> parameters) throws SQLException {
        return Sql.query(transaction, statement, parameters, rows -> rows.next() ? rows.getInt(1) : 0);
    }

    private static String title(String question) {
        String line = question.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= TITLE_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH - 1)) + "…";
    }
}
