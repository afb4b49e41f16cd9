package io.sluice.api.messages.list;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.messages.stored.StoredMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code messages} a page at a time. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
public class MessagePages {

    /** Most bytes of payload of a page, unless its first row alone has more. */
    static final int PAGE_BYTES = 2 << 20;

    /** Most messages that are looked at for a page: no index has both key and subject, or who may see what. */
    public static final int MAX_SCANNED = 10_000;

    private static final String NEWEST_FIRST = "order by stored_at desc, seq desc";

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
     * any case.
     */
    private static final String PAGE_WITH_BOUND =
            """
            with page as materialized (%1$s)
            select page.*, bound.stored_at as bound_stored_at, bound.seq as bound_seq
              from (values (1)) one
              left join page on true
              left join (select stored_at, seq
                           from messages
                          where %2$s and (select count(*) from page) <= ?
                          %3$s offset %4$d limit 1) bound on true
             order by page.stored_at desc, page.seq desc""";

    private final Sql sql;

    MessagePages(Sql sql) {
        this.sql = sql;
    }

    /**
     * A page of messages.
     *
     * @param messages newest first
     * @param next where the following page begins, or {@code null} if there is none
     */
    public record Page(List<StoredMessage> messages, @Nullable Cursor next) {}

    /**
     * Messages that a caller may see, newest first.
     *
     * @param after where the page before this one ended, or {@code null} for the first page
     * @param limit how many at most; there are fewer if they would have more than {@value #PAGE_BYTES} bytes, or where
     *     {@value #MAX_SCANNED} messages have no more that match and may be seen
     */
    public Page page(Filter filter, String caller, @Nullable Cursor after, int limit) {
        StringBuilder conditions = new StringBuilder("true");
        List<Object> scanned = new ArrayList<>();
        String rest = StoredMessage.VISIBLE;
        List<Object> ofRest = new ArrayList<>(List.of(caller));
        if (filter.key() != null) {
            conditions.append(" and key = ?");
            scanned.add(filter.key());
        }
        if (filter.subject() != null && filter.key() == null) {
            conditions.append(" and subject = ?");
            scanned.add(filter.subject());
        } else if (filter.subject() != null) {
            // By the key's index, since there are mostly fewer messages of a key than of a subject.
            rest += " and subject = ?";
            ofRest.add(filter.subject());
        }
        add(after, conditions, scanned);
        String scan = "(select * from messages where %s %s limit %d) scanned where %s"
                .formatted(conditions, NEWEST_FIRST, MAX_SCANNED, rest);
        String page = PAGE_WITH_BOUND.formatted(
                PAGE.formatted(StoredMessage.COLUMNS, scan, NEWEST_FIRST), conditions, NEWEST_FIRST, MAX_SCANNED - 1);
        List<Object> parameters = new ArrayList<>(scanned);
        parameters.addAll(ofRest);
        // One more than is shown, to know whether there is a next page.
        parameters.add(limit + 1);
        parameters.add(PAGE_BYTES);
        parameters.addAll(scanned);
        parameters.add(limit);
        return sql.query(page, parameters, rows -> page(rows, limit));
    }

    private static void add(@Nullable Cursor after, StringBuilder conditions, List<Object> parameters) {
        if (after != null) {
            conditions.append(" and (stored_at, seq) < (?, ?)");
            parameters.add(after.storedAt());
            parameters.add(after.seq());
        }
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        long available = 0;
        Cursor bound = null;
        while (messages.size() < limit && rows.next()) {
            if (rows.getObject("bound_seq") != null) {
                bound = new Cursor(Sql.instant(rows, "bound_stored_at"), rows.getLong("bound_seq"));
            }
            if (rows.getObject("id") != null) {
                messages.add(StoredMessage.of(rows));
                available = rows.getLong("available");
            }
        }
        if (available <= messages.size()) {
            return new Page(messages, bound);
        }
        StoredMessage last = messages.get(messages.size() - 1);
        return new Page(messages, new Cursor(last.storedAt(), last.seq()));
    }
}
