package io.sluice.api.deadletters;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the tables of dead letters. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
class DeadLetterStore {

    private static final String FIND = "select %s, %s from dead_letters where id = ?"
            .formatted(DeadLetterRows.COLUMNS, DeadLetterRows.RECORD_COLUMNS);

    private static final String FAILURES =
            """
            select id, reason, detail, origin_topic, origin_partition, origin_offset, event_id, failed_at
              from dead_letter_attempts
             where dead_letter_id = ?
             order by failed_at, origin_offset""";

    private static final String ACTIONS =
            "select action, who, at, outcome from dead_letter_actions where dead_letter_id = ? order by seq";

    private final Sql sql;

    DeadLetterStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * A page of a list.
     *
     * @param items newest first
     * @param next where the following page begins, or {@code null} if there is none
     */
    record Page(List<DeadLetter> items, @Nullable Cursor next) {}

    /**
     * Dead letters, newest first.
     *
     * @param after where the page before this one ended, or {@code null} for the first page
     * @param limit how many at most; there are fewer where {@value Selection#MAX_SCANNED} rows have no more that match
     */
    Page page(Filter filter, @Nullable Cursor after, int limit) {
        Selection selection = Selection.newestFirst(filter, after);
        List<Object> parameters = selection.parameters();
        // One more than is shown, to know whether there is a next page.
        parameters.add(limit + 1);
        return sql.query(
                selection.sql(DeadLetterRows.COLUMNS) + " order by " + selection.order() + " limit ?",
                parameters,
                rows -> page(rows, limit));
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<DeadLetter> items = new ArrayList<>();
        while (rows.next()) {
            if (items.size() == limit) {
                return new Page(items, cursor(items.get(limit - 1)));
            }
            DeadLetter letter = DeadLetterRows.deadLetter(rows);
            if (rows.getBoolean("matches")) {
                items.add(letter);
            }
            if (rows.getInt("place") == Selection.MAX_SCANNED) {
                return new Page(items, cursor(letter));
            }
        }
        return new Page(items, null);
    }

    private static Cursor cursor(DeadLetter last) {
        return new Cursor(last.storedAt(), last.seq());
    }

    /** All about one. */
    Optional<DeadLetterDetails> find(UUID id) {
        return sql.inTransaction(transaction -> find(transaction, id));
    }

    private static Optional<DeadLetterDetails> find(Connection transaction, UUID id) throws SQLException {
        List<UUID> ids = List.of(id);
        return Sql.query(
                transaction,
                FIND,
                ids,
                row -> row.next()
                        ? Optional.of(new DeadLetterDetails(
                                DeadLetterRows.deadLetter(row),
                                DeadLetterRows.record(row),
                                Sql.query(transaction, FAILURES, ids, DeadLetterRows::failures),
                                Sql.query(transaction, ACTIONS, ids, DeadLetterRows::actions)))
                        : Optional.empty());
    }
}
