package io.sluice.api.messages.list;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.messages.stored.StoredMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code messages} a page at a time. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
public class MessagePages {

    /** Most bytes of payload of a page, unless its first row alone has more. */
    static final int PAGE_BYTES = 2 << 20;

    /** Most messages that are looked at for a page: no index has all that one can filter by, or who may see what. */
    public static final int MAX_SCANNED = 20_000;

    private final Sql sql;

    MessagePages(Sql sql) {
        this.sql = sql;
    }

    /**
     * A page of messages.
     *
     * @param next where the following page begins, or {@code null} if there is none
     */
    record Page(List<StoredMessage> messages, @Nullable Cursor next) {}

    /**
     * The time before which no message of this filter will be stored any more, and all that were are seen by what is read from now on: when
     * the oldest transaction that stores messages has begun, or else now, or else what the filter ends with.
     */
    Instant horizon(Filter filter) {
        Instant horizon = sql.query("select messages_horizon() as horizon", List.of(), rows -> {
            rows.next();
            return Sql.instant(rows, "horizon");
        });
        Instant until = filter.until();
        return until == null || horizon.isBefore(until) ? horizon : until;
    }

    /**
     * Messages that a caller may see.
     *
     * @param after where the page before this one ended, or {@code null} for the first page
     * @param limit how many at most; there are fewer if they would have more than so many bytes, or where {@value #MAX_SCANNED} messages
     *     have no more that match and may be seen
     * @param bytes of payload at most, unless the first message alone has more
     */
    Page page(Filter filter, Order order, String caller, @Nullable Cursor after, int limit, int bytes) {
        PageStatement statement = new PageStatement(filter, order, caller, after, limit, bytes);
        return sql.query(statement.sql(), statement.parameters(), rows -> page(rows, limit));
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
