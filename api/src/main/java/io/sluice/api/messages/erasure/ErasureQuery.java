package io.sluice.api.messages.erasure;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.util.List;
import java.util.Objects;

/** Parameters of a request to erase. */
public final class ErasureQuery {

    private static final String KEY = "key";

    private ErasureQuery() {}

    /**
     * The key whose events are to be erased.
     *
     * @throws ProblemException with every violation
     */
    public static String key(Query query) {
        Violations violations = new Violations();
        query.check(List.of(KEY), violations);
        String given = Objects.requireNonNullElse(query.get(KEY), "");
        if (given.isEmpty()) {
            violations.add(Violation.inQuery(KEY, "is missing or empty; name the key whose events are to be erased"));
        } else {
            query.attribute(KEY, violations);
        }
        violations.refuse();
        return given;
    }
}
