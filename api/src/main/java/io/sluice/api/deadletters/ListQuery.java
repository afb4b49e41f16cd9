package io.sluice.api.deadletters;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list.
 *
 * @param filter which dead letters
 * @param limit how many at most, 1 to {@value Query#MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
record ListQuery(Filter filter, int limit, @Nullable Cursor after) {

    private static final int DEFAULT_LIMIT = 50;

    private static final List<String> KNOWN = Stream.concat(Filter.PARAMETERS.stream(), Stream.of("limit", "cursor"))
            .toList();

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static ListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        Filter filter = Filter.parse(query, violations);
        int limit = query.limit(DEFAULT_LIMIT, violations);
        violations.refuse();
        return new ListQuery(filter, limit, filter.cursor(query.get("cursor")));
    }
}
