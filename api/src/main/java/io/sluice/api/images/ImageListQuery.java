package io.sluice.api.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Fingerprint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list.
 *
 * @param status one of {@link Image#STATUSES}, or {@code null} for all
 * @param since when images were uploaded at the earliest, or {@code null} for all
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
record ImageListQuery(@Nullable String status, @Nullable Instant since, int limit, @Nullable Cursor after) {

    static final int MAX_LIMIT = 100;

    private static final int DEFAULT_LIMIT = 50;
    private static final List<String> KNOWN = List.of("status", "since", "limit", "cursor");

    /** RFC 3339, {@code date-time}, of years that PostgreSQL has. */
    private static final Pattern TIME =
            Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    static ImageListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        String status = query.get("status");
        if (status != null && !Image.STATUSES.contains(status)) {
            violations.add(Violation.inQuery("status", "must be one of " + String.join(", ", Image.STATUSES)));
        }
        Instant since = since(query.get("since"), violations);
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        Cursor after = cursor == null ? null : Cursor.decode(cursor, fingerprint(status, since), "status or since");
        return new ImageListQuery(status, since, limit, after);
    }

    private static @Nullable Instant since(@Nullable String text, Violations violations) {
        if (text == null) {
            return null;
        }
        try {
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // As any other text that is no time.
        }
        violations.add(Violation.inQuery(
                "since", "must be a time of RFC 3339, as in 2026-11-28T03:04:05Z; a + in it is written as %2B"));
        return null;
    }

    private static Fingerprint fingerprint(@Nullable String status, @Nullable Instant since) {
        return Fingerprint.of("images", "", status, null, String.valueOf(since).getBytes(UTF_8));
    }

    /** The text of a cursor of this list. */
    String encode(Cursor cursor) {
        return cursor.encode(fingerprint(status, since));
    }

    /** Asks for the page behind this cursor. */
    PageLink next(String cursor) {
        return new PageLink(cursor, limit)
                .with("status", status)
                .with("since", since == null ? null : since.toString());
    }
}
