package io.sluice.api.documents;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an upload.
 *
 * @param name of the document, or {@code null} for that of the file
 */
record UploadQuery(@Nullable String name, Visibility visibility) {

    static final String NAME = "name";

    private static final String VISIBILITY = "visibility";

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static UploadQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(List.of(NAME, VISIBILITY), violations);
        String name = name(query, violations);
        Visibility visibility = visibility(query.get(VISIBILITY), violations);
        violations.refuse();
        return new UploadQuery(name, visibility);
    }

    /** The name of the document, or {@code null} for that of the file. */
    static @Nullable String name(Query query, Violations violations) {
        String name = query.get(NAME);
        if (name != null && DocumentName.clean(name).isEmpty()) {
            violations.add(Violation.inQuery(NAME, "must have a character that is shown, behind its folders"));
        }
        return name;
    }

    private static Visibility visibility(@Nullable String text, Violations violations) {
        for (Visibility each : Visibility.values()) {
            if (each.toString().equals(text)) {
                return each;
            }
        }
        if (text != null) {
            violations.add(Violation.inQuery(VISIBILITY, "must be one of private, shared"));
        }
        return Visibility.PRIVATE;
    }
}
