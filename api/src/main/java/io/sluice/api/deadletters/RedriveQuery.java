package io.sluice.api.deadletters;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that one request sends again.
 *
 * @param filter of one state, and with something else besides
 * @param limit how many at most, 1 to {@value Query#MAX_LIMIT}
 * @param after where the request before this one ended, or {@code null} to begin with the oldest
 */
record RedriveQuery(Filter filter, Mode mode, int limit, @Nullable Cursor after) {

    private static final int DEFAULT_LIMIT = 100;

    private static final List<String> KNOWN = Stream.concat(
                    Filter.PARAMETERS.stream(), Stream.of(Mode.PARAMETER, "limit", "cursor"))
            .toList();

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static RedriveQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        Filter asked = Filter.parse(query, violations);
        Mode mode = Mode.parse(query, violations);
        int limit = query.limit(DEFAULT_LIMIT, violations);
        check(asked, violations);
        violations.refuse();
        checkMode(asked.reason(), mode, violations);
        violations.refuse();
        Filter filter = asked.withState(Objects.requireNonNullElse(asked.state(), State.OPEN.code()));
        return new RedriveQuery(filter, mode, limit, filter.cursor(query.get("cursor")));
    }

    private static void check(Filter asked, Violations violations) {
        if (State.RESOLVED.code().equals(asked.state())) {
            violations.add(Violation.inQuery("state", "must be open or redriven; what is resolved stays so"));
        }
        if (Stream.of(asked.reason(), asked.type(), asked.key(), asked.subject())
                .allMatch(Objects::isNull)) {
            violations.add(Violation.inQuery(
                    "reason", "must be given, or type, key or subject, so that not everything is redriven by mistake"));
        }
    }

    private static void checkMode(@Nullable String reason, Mode mode, Violations violations) {
        if (reason != null && Mode.of(reason) != mode) {
            violations.add(Violation.inQuery(Mode.PARAMETER, Mode.of(reason).remedy(reason)));
        }
    }
}
