package io.sluice.api.messages.stream;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a request for a live stream.
 *
 * @param after where an earlier stream ended, or {@code null}
 * @param since the time from which on events are wanted, or {@code null}; it does not count beside a position
 * @param tokenLasts how long the caller's token is valid, or {@code null} if there is none
 */
record StreamQuery(
        StreamFilter filter, @Nullable StreamPosition after, @Nullable Instant since, @Nullable Duration tokenLasts) {

    /** Header of a client that goes on. */
    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final List<String> KNOWN = List.of("key", "type", "subject", "since");

    /**
     * Reads it.
     *
     * @param ids values of the header {@link #LAST_EVENT_ID}
     * @throws ProblemException with every violation
     */
    static StreamQuery parse(Query query, List<String> ids, String caller, @Nullable Duration tokenLasts) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        StreamFilter filter = new StreamFilter(
                query.attribute("key", violations),
                query.attribute("type", violations),
                query.attribute("subject", violations),
                caller);
        Instant since = query.time("since", violations);
        StreamPosition after = after(ids, violations);
        violations.refuse();
        return new StreamQuery(filter, after, since, tokenLasts);
    }

    /** The empty id is that of a client which has none: it is sent by nobody, and taken for a missing one. */
    private static @Nullable StreamPosition after(List<String> ids, Violations violations) {
        if (ids.isEmpty() || (ids.size() == 1 && ids.get(0).isEmpty())) {
            return null;
        }
        StreamPosition after =
                ids.size() == 1 ? StreamPosition.decode(ids.get(0)).orElse(null) : null;
        if (after == null) {
            violations.add(Violation.inHeader(
                    LAST_EVENT_ID, "must be the id of an event of this stream, as it was sent, and stand once"));
        }
        return after;
    }
}
