package io.sluice.api.messages.list;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list.
 *
 * @param filter which messages
 * @param limit how many at most, 1 to {@value Query#MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
public record ListQuery(Filter filter, int limit, @Nullable Cursor after) {

    private static final int DEFAULT_LIMIT = 50;

    private static final List<String> KNOWN = List.of("key", "subject", "limit", "cursor");

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    public static ListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        Filter filter = new Filter(query.attribute("key", violations), query.attribute("subject", violations));
        int limit = query.limit(DEFAULT_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        return new ListQuery(
                filter, limit, cursor == null ? null : Cursor.decode(cursor, filter.fingerprint(), "key or subject"));
    }

    /** Asks for the page behind this cursor. */
    public PageLink next(String cursor) {
        return new PageLink(cursor, limit).with("key", filter.key()).with("subject", filter.subject());
    }
}
