package io.sluice.api.messages.list;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.messages.stored.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statement that reads a page, with its parameters in their order. */
final class PageStatement {

    /**
     * The outer query cuts the page where it gets too large, before a payload that lies out of line is read: its length is
     * known without it.
     */
    private static final String PAGE =
            """
            select %1$s, available
              from (select %1$s, count(*) over () as available,
                           sum(octet_length(payload)) over (%3$s) as bytes_so_far
                      from (select %1$s
                              from %2$s
                             %3$s
                             limit ?) page) measured
             where bytes_so_far <= ? or bytes_so_far = octet_length(payload)
             %3$s""";

    /**
     * The same, and where the page is not full, beside it the last message that was looked at, if there may be more behind it: a row in
     * any case. A page that was cut by its size is full: nobody walks to the bound for it.
     */
    private static final String PAGE_WITH_BOUND =
            """
            with page as materialized (%1$s)
            select page.*, bound.stored_at as bound_stored_at, bound.seq as bound_seq
              from (values (1)) one
              left join page on true
              left join (select stored_at, seq
                           from messages
                          where %2$s and (select coalesce(max(available), 0) from page) <= ?
                          %3$s offset %4$d limit 1) bound on true
             %5$s""";

    private final StringBuilder conditions = new StringBuilder("true");
    private final List<Object> scanned = new ArrayList<>();
    private final StringBuilder rest = new StringBuilder(StoredMessage.VISIBLE);
    private final List<Object> ofRest = new ArrayList<>();
    private final Order order;
    private final int limit;
    private final int bytes;

    /**
     * A statement.
     *
     * @param after where the page before this one ended, or {@code null} for the first page
     * @param limit how many messages at most, of which one more is counted
     * @param bytes how many they have together at most, unless the first alone has more
     */
    PageStatement(Filter filter, Order order, String caller, @Nullable Cursor after, int limit, int bytes) {
        this.order = order;
        this.limit = limit;
        this.bytes = bytes;
        ofRest.add(caller);
        addAttributes(filter);
        addRange(filter, after);
    }

    /** Conditions that an index has decide which messages are looked at; those that none has, which of these are shown. */
    private void addAttributes(Filter filter) {
        if (filter.key() != null) {
            scan("key = ?", filter.key());
            // By the key's index, since there are mostly fewer messages of a key than of a subject.
            filter("subject = ?", filter.subject());
        } else if (filter.subject() != null) {
            scan("subject = ?", filter.subject());
        }
        filter("type = ?", filter.type());
    }

    /** One condition for the end at which the scan begins: of two PostgreSQL may begin at the one that is farther away. */
    private void addRange(Filter filter, @Nullable Cursor after) {
        Instant first = order == Order.ASC ? filter.since() : filter.until();
        boolean isBehindFirst = after != null
                && (first == null
                        || (order == Order.ASC
                                ? !after.storedAt().isBefore(first)
                                : after.storedAt().isBefore(first)));
        if (after != null && isBehindFirst) {
            scan("(stored_at, seq) %s (?, ?)".formatted(order.behind()), after.storedAt());
            scanned.add(after.seq());
        }
        if (filter.since() != null && !(isBehindFirst && order == Order.ASC)) {
            scan("stored_at >= ?", filter.since());
        }
        if (filter.until() != null && !(isBehindFirst && order == Order.DESC)) {
            scan("stored_at < ?", filter.until());
        }
    }

    private void scan(String condition, Object value) {
        conditions.append(" and ").append(condition);
        scanned.add(value);
    }

    private void filter(String condition, @Nullable Object value) {
        if (value != null) {
            rest.append(" and ").append(condition);
            ofRest.add(value);
        }
    }

    String sql() {
        String orderBy = order.by("stored_at", "seq");
        String scan = "(select * from messages where %s %s limit %d) scanned where %s"
                .formatted(conditions, orderBy, MessagePages.MAX_SCANNED, rest);
        return PAGE_WITH_BOUND.formatted(
                PAGE.formatted(StoredMessage.COLUMNS, scan, orderBy),
                conditions,
                orderBy,
                MessagePages.MAX_SCANNED - 1,
                order.by("page.stored_at", "page.seq"));
    }

    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>(scanned);
        parameters.addAll(ofRest);
        // One more than is shown, to know whether there is a next page.
        parameters.add(limit + 1);
        parameters.add(bytes);
        parameters.addAll(scanned);
        parameters.add(limit);
        return parameters;
    }
}
