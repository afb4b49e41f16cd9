package io.sluice.api.messages;

import io.sluice.api.http.ProblemException;
import io.sluice.api.http.Query;
import io.sluice.api.http.Violation;
import io.sluice.api.http.Violations;
import io.sluice.contract.EventLimits;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the list.
 *
 * @param filter which messages
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
record ListQuery(Filter filter, int limit, @Nullable Cursor after) {

    static final int MAX_LIMIT = 500;
    static final int DEFAULT_LIMIT = 50;

    private static final List<String> KNOWN = List.of("key", "subject", "limit", "cursor");

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static ListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        Filter filter = new Filter(attribute("key", query, violations), attribute("subject", query, violations));
        int limit = limit(query.get("limit"), violations);
        violations.refuse();
        String cursor = query.get("cursor");
        return new ListQuery(filter, limit, cursor == null ? null : Cursor.decode(cursor, filter));
    }

    private static @Nullable String attribute(String name, Query query, Violations violations) {
        String value = query.get(name);
        String violation = value == null ? null : EventLimits.violation(value);
        if (violation != null) {
            violations.add(Violation.inQuery(name, violation));
        }
        return value;
    }

    private static int limit(@Nullable String text, Violations violations) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("\\d{1,9}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        violations.add(Violation.inQuery("limit", "must be a whole number from 1 to " + MAX_LIMIT));
        return DEFAULT_LIMIT;
    }

    /** The query that asks for the page behind this row, to be put behind a {@code ?}. */
    String next(String cursor) {
        StringBuilder query = new StringBuilder("cursor=" + cursor + "&limit=" + limit);
        append(query, "key", filter.key());
        append(query, "subject", filter.subject());
        return query.toString();
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
