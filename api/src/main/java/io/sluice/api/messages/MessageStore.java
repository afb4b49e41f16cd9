package io.sluice.api.messages;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.Cursor;
import io.sluice.contract.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code messages}. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
class MessageStore {

    /** How many bytes of payload a page holds, unless its first row alone has more. */
    static final int PAGE_BYTES = 2 << 20;

    private static final String COLUMNS = "id, seq, type, key, subject, time, stored_at, traceparent, payload";

    /**
     * The outer query cuts the page where it gets too large, before a payload that lies out of line is read: its length is
     * known without it.
     */
    private static final String PAGE =
            """
            select %1$s, available
              from (select %1$s, count(*) over () as available,
                           sum(octet_length(payload)) over (order by stored_at desc, seq desc) as bytes_so_far
                      from (select %1$s
                              from messages
                             where true %2$s
                             order by stored_at desc, seq desc
                             limit ?) page) measured
             where bytes_so_far <= ? or bytes_so_far = octet_length(payload)
             order by stored_at desc, seq desc""";

    private final Sql sql;

    MessageStore(Sql sql) {
        this.sql = sql;
    }

    /** The message with this id. */
    Optional<StoredMessage> find(UUID id) {
        return sql.query(
                "select " + COLUMNS + " from messages where id = ?",
                List.of(id),
                rows -> rows.next() ? Optional.of(message(rows)) : Optional.empty());
    }

    /** The fingerprints of those that are stored. */
    Map<UUID, Fingerprint> fingerprints(Collection<UUID> ids) {
        UUID[] array = ids.toArray(UUID[]::new);
        return sql.query("select id, fingerprint from messages where id = any (?)", List.of((Object) array), rows -> {
            Map<UUID, Fingerprint> found = new HashMap<>();
            while (rows.next()) {
                found.put(rows.getObject(1, UUID.class), Fingerprint.ofBytes(rows.getBytes(2)));
            }
            return found;
        });
    }

    /**
     * A page of messages.
     *
     * @param messages newest first
     * @param more whether older ones follow
     */
    record Page(List<StoredMessage> messages, boolean more) {}

    /**
     * Messages, newest first.
     *
     * @param after where the page before this one ended, or {@code null} for the first page
     * @param limit how many at most; there are fewer if they would have more than {@value #PAGE_BYTES} bytes
     */
    Page page(Filter filter, @Nullable Cursor after, int limit) {
        StringBuilder conditions = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        if (filter.key() != null) {
            conditions.append(" and key = ?");
            parameters.add(filter.key());
        }
        if (filter.subject() != null) {
            conditions.append(" and subject = ?");
            parameters.add(filter.subject());
        }
        if (after != null) {
            conditions.append(" and (stored_at, seq) < (?, ?)");
            parameters.add(after.storedAt());
            parameters.add(after.seq());
        }
        // One more than is shown, to know whether there is a next page.
        parameters.add(limit + 1);
        parameters.add(PAGE_BYTES);
        return sql.query(PAGE.formatted(COLUMNS, conditions), parameters, rows -> page(rows, limit));
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        long available = 0;
        while (messages.size() < limit && rows.next()) {
            messages.add(message(rows));
            available = rows.getLong("available");
        }
        return new Page(messages, available > messages.size());
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                row.getString("type"),
                row.getString("key"),
                row.getString("subject"),
                Sql.instant(row, "time"),
                Sql.instant(row, "stored_at"),
                row.getString("traceparent"),
                row.getBytes("payload"));
    }
}
