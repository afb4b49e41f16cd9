package io.sluice.api.chat.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.ListedPage;
import io.sluice.api.http.paging.Page;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Fingerprint;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a list of sessions.
 *
 * @param limit number of sessions, at most
 * @param after where the page begins, or {@code null} for the first one
 */
record SessionListQuery(int limit, @Nullable Cursor after) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /** Tells its cursors from those of other lists. */
    private static final Fingerprint LIST = Fingerprint.of("chat-sessions", "", null, null, "".getBytes(UTF_8));

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static SessionListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(List.of("limit", "cursor"), violations);
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        return new SessionListQuery(limit, cursor == null ? null : Cursor.decode(cursor, LIST, "kind"));
    }

    /** Appends its condition, order and limit, and one more row than is shown, to know whether there is a next page. */
    String append(String query, List<Object> parameters) {
        StringBuilder statement = new StringBuilder(query);
        if (after != null) {
            statement.append(" and (created_at, seq) < (?, ?)");
            parameters.add(after.storedAt());
            parameters.add(after.seq());
        }
        parameters.add(limit + 1);
        return statement.append(" order by created_at desc, seq desc limit ?").toString();
    }

    Response answer(Page<Session, Cursor> page, String path) {
        String cursor = page.next() == null ? null : page.next().encode(LIST);
        return ListedPage.answer(page.rows(), cursor, next -> new PageLink(next, limit), path);
    }
}
