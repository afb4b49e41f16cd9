package io.sluice.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Fingerprint;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter for tasks; each part is {@code null} for all.
 *
 * @param status a {@link TaskStatus}
 * @param dueBefore a date that those have to be due before; those without a due date are not
 * @param q a text that title or description have to contain, in whatever case
 */
record TaskFilter(@Nullable String status, @Nullable String tag, @Nullable String dueBefore, @Nullable String q) {

    /** The names of the parameters. */
    static final List<String> PARAMETERS = List.of("status", "tag", "due_before", "q");

    /** Reads the parameters. */
    static TaskFilter parse(Query query, Violations violations) {
        String status = query.get("status");
        if (status != null && TaskStatus.of(status).isEmpty()) {
            violations.add(Violation.inQuery("status", "must be one of open, completed"));
        }
        String dueBefore = query.get("due_before");
        if (dueBefore != null && !DueDate.Validator.isDate(dueBefore)) {
            violations.add(Violation.inQuery("due_before", "must be a date from 2000-01-01 to 2999-12-31"));
        }
        return new TaskFilter(status, query.attribute("tag", violations), dueBefore, query.attribute("q", violations));
    }

    /** The fingerprint that a cursor is bound to, together with the order. */
    Fingerprint fingerprint(String sort) {
        String names = status + " " + dueBefore + " " + sort;
        return Fingerprint.of("tasks", "", tag, q, names.getBytes(UTF_8));
    }

    /** Adds the conditions of HQL, and their parameters. */
    void addTo(StringBuilder conditions, Map<String, Object> parameters) {
        if (status != null) {
            conditions.append(" and status = :status");
            parameters.put("status", status);
        }
        if (tag != null) {
            conditions.append(" and array_contains(tags, :tag)");
            parameters.put("tag", tag);
        }
        if (dueBefore != null) {
            conditions.append(" and due < :dueBefore");
            parameters.put("dueBefore", LocalDate.parse(dueBefore));
        }
        if (q != null) {
            conditions.append(" and (lower(title) like lower(:q) escape '!'"
                    + " or lower(description) like lower(:q) escape '!')");
            parameters.put("q", "%" + q.replaceAll("[!%_]", "!$0") + "%");
        }
    }

    boolean isEmpty() {
        return status == null && tag == null && dueBefore == null && q == null;
    }
}
