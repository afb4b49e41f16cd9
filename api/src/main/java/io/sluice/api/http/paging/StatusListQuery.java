package io.sluice.api.http.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Fingerprint;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list of uploads, newest first.
 *
 * @param name of the list, which tells its cursors from those of others
 * @param status of the uploads, or {@code null} for all
 * @param since when they were made at the earliest, or {@code null} for all
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
public record StatusListQuery(
        String name, @Nullable String status, @Nullable Instant since, int limit, @Nullable Cursor after) {

    private static final int MAX_LIMIT = 100;

    private static final int DEFAULT_LIMIT = 50;
    private static final List<String> KNOWN = List.of("status", "since", "limit", "cursor");

    /**
     * Reads the query's parameters.
     *
     * @param statuses all that there are
     * @throws ProblemException with every violation
     */
    public static StatusListQuery parse(Query query, String name, List<String> statuses) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        String status = query.get("status");
        if (status != null && !statuses.contains(status)) {
            violations.add(Violation.inQuery("status", "must be one of " + String.join(", ", statuses)));
        }
        Instant since = query.time("since", violations);
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        Cursor after =
                cursor == null ? null : Cursor.decode(cursor, fingerprint(name, status, since), "status or since");
        return new StatusListQuery(name, status, since, limit, after);
    }

    private static Fingerprint fingerprint(String name, @Nullable String status, @Nullable Instant since) {
        return Fingerprint.of(name, "", status, null, String.valueOf(since).getBytes(UTF_8));
    }

    /**
     * Appends the conditions, the order and the limit to a query of a table with the columns {@code status}, {@code created_at} and {@code
     * seq}, whose first condition stands; one more row than is shown, to know whether there is a next page.
     */
    public String append(String query, List<Object> parameters) {
        StringBuilder statement = new StringBuilder(query);
        if (status != null) {
            statement.append(" and status = ?");
            parameters.add(status);
        }
        if (since != null) {
            statement.append(" and created_at >= ?");
            parameters.add(since);
        }
        if (after != null) {
            statement.append(" and (created_at, seq) < (?, ?)");
            parameters.add(after.storedAt());
            parameters.add(after.seq());
        }
        parameters.add(limit + 1);
        return statement.append(" order by created_at desc, seq desc limit ?").toString();
    }

    /**
     * The answer with a page of this list.
     *
     * @param view makes of a row what clients see of it
     * @param path of the list
     */
    public <T> Response answer(Page<T, Cursor> page, Function<T, ?> view, String path) {
        String cursor = page.next() == null ? null : page.next().encode(fingerprint(name, status, since));
        return ListedPage.answer(page.rows().stream().map(view).toList(), cursor, this::next, path);
    }

    private PageLink next(String cursor) {
        return new PageLink(cursor, limit)
                .with("status", status)
                .with("since", since == null ? null : since.toString());
    }
}
