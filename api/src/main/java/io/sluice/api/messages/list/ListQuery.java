package io.sluice.api.messages.list;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list.
 *
 * @param filter which messages
 * @param limit how many at most, 1 to {@value Query#MAX_LIMIT}
 * @param after where the page before this one ended, or {@code null} for the first page
 */
public record ListQuery(Filter filter, Order order, int limit, @Nullable Cursor after) {

    private static final int DEFAULT_LIMIT = 50;

    private static final List<String> KNOWN =
            List.of("key", "type", "subject", "since", "until", "order", "limit", "cursor");

    /**
     * Reads the parameters of a list that is asked for as a whole.
     *
     * @throws ProblemException with every violation
     */
    public static ListQuery parseWhole(Query query) {
        if (query.get("limit") != null) {
            throw ProblemException.invalid(Violation.inQuery(
                    "limit", "is for pages, and lines come all; leave it out, or accept application/json"));
        }
        return parse(query);
    }

    /**
     * Reads the query's parameters.
     *
     * @throws ProblemException with every violation
     */
    public static ListQuery parse(Query query) {
        Violations violations = new Violations();
        query.check(KNOWN, violations);
        Filter filter = new Filter(
                query.attribute("key", violations),
                query.attribute("type", violations),
                query.attribute("subject", violations),
                micros(query.time("since", violations)),
                micros(query.time("until", violations)));
        checkRange(filter.since(), filter.until(), violations);
        Order order = order(query.get("order"), violations);
        int limit = query.limit(DEFAULT_LIMIT, violations);
        violations.refuse();
        String cursor = query.get("cursor");
        Cursor after = cursor == null ? null : Cursor.decode(cursor, filter.fingerprint(order), Filter.NAMES);
        return new ListQuery(filter, order, limit, after);
    }

    /** The first microsecond that is not before this time: a message is stored at one. */
    private static @Nullable Instant micros(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        Instant micros = time.truncatedTo(ChronoUnit.MICROS);
        return micros.isBefore(time) ? micros.plus(1, ChronoUnit.MICROS) : micros;
    }

    private static void checkRange(@Nullable Instant since, @Nullable Instant until, Violations violations) {
        if (since != null && until != null && !since.isBefore(until)) {
            violations.add(Violation.inQuery("until", "must be later than since"));
        }
    }

    private static Order order(@Nullable String text, Violations violations) {
        if (text == null) {
            return Order.DESC;
        }
        return Order.of(text).orElseGet(() -> {
            violations.add(Violation.inQuery("order", "must be asc or desc"));
            return Order.DESC;
        });
    }

    /** The text of a cursor of this list. */
    String encode(Cursor cursor) {
        return cursor.encode(filter.fingerprint(order));
    }

    /** Asks for the page behind this cursor. */
    PageLink next(String cursor) {
        return new PageLink(cursor, limit)
                .with("key", filter.key())
                .with("type", filter.type())
                .with("subject", filter.subject())
                .with("since", text(filter.since()))
                .with("until", text(filter.until()))
                .with("order", order == Order.DESC ? null : order.parameter());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
