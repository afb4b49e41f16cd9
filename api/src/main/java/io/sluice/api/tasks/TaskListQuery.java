package io.sluice.api.tasks;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Fingerprint;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list.
 *
 * @param sort one of {@link TaskOrder#NAMES}
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
record TaskListQuery(TaskFilter filter, String sort, int limit, @Nullable Cursor after) {

    /** Longest page: so many of the largest tasks are two megabytes. */
    static final int MAX_LIMIT = 100;

    static final int DEFAULT_LIMIT = 50;
    private static final String NEWEST_FIRST = "-created";

    private static final List<String> KNOWN = Stream.concat(
                    TaskFilter.PARAMETERS.stream(), Stream.of("sort", "limit", "cursor"))
            .toList();

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static TaskListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        TaskFilter filter = TaskFilter.parse(query, violations);
        String sort = query.get("sort") == null ? NEWEST_FIRST : query.get("sort");
        if (!TaskOrder.NAMES.contains(sort)) {
            violations.add(Violation.inQuery("sort", "must be one of " + String.join(", ", TaskOrder.NAMES)));
        }
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        return new TaskListQuery(
                filter,
                sort,
                limit,
                cursor == null
                        ? null
                        : Cursor.decode(cursor, filter.fingerprint(sort), "status, tag, due_before, q or sort"));
    }

    TaskOrder order() {
        return TaskOrder.of(sort);
    }

    private Fingerprint fingerprint() {
        return filter.fingerprint(sort);
    }

    /** The text of a cursor of this list. */
    String encode(Cursor cursor) {
        return cursor.encode(fingerprint());
    }

    /** Asks for the page behind this cursor. */
    PageLink next(String cursor) {
        return new PageLink(cursor, limit)
                .with("status", filter.status())
                .with("tag", filter.tag())
                .with("due_before", filter.dueBefore())
                .with("q", filter.q())
                .with("sort", sort);
    }
}
