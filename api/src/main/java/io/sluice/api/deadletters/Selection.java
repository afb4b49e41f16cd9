package io.sluice.api.deadletters;

import io.sluice.api.http.paging.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a statement that finds dead letters by what they are, in the order of their rows. Most of that has no index: so
 * many rows are looked at, and no more, and the last of them is found in any case, so that the next page begins behind it.
 */
final class Selection {

    /** Rows that are looked at for a page at most. */
    static final int MAX_SCANNED = 20_000;

    private final List<Object> scannedParameters = new ArrayList<>();
    private final List<Object> matchingParameters = new ArrayList<>();
    private final StringBuilder scanned = new StringBuilder("true");
    private final StringBuilder matching = new StringBuilder("true");
    private final String direction;

    private Selection(Filter filter, @Nullable Cursor after, String direction, String comparison) {
        this.direction = direction;
        if (filter.state() != null && !filter.state().equals(State.RESOLVED.code())) {
            // What makes it use the index of the few that are not.
            scanned.append(" and state <> 'resolved'");
        }
        if (after != null) {
            scanned.append(" and (stored_at, seq) " + comparison + " (?, ?)");
            scannedParameters.add(after.storedAt());
            scannedParameters.add(after.seq());
        }
        matches("state", filter.state());
        matches("reason", filter.reason());
        matches("type", filter.type());
        matches("key", filter.key());
        matches("subject", filter.subject());
    }

    static Selection newestFirst(Filter filter, @Nullable Cursor after) {
        return new Selection(filter, after, "desc", "<");
    }

    /** The oldest first, with one more condition, which has no parameters. */
    static Selection oldestFirst(Filter filter, @Nullable Cursor after, String condition) {
        Selection selection = new Selection(filter, after, "asc", ">");
        selection.matching.append(" and ").append(condition);
        return selection;
    }

    private void matches(String column, @Nullable String value) {
        if (value != null) {
            matching.append(" and ").append(column).append(" = ?");
            matchingParameters.add(value);
        }
    }

    /** Puts these columns, a row's {@code place} from 1 and whether it {@code matches} into order. */
    String sql(String columns) {
        return """
                select *
                  from (select *, coalesce(%1$s, false) as matches,
                               row_number() over (order by stored_at %2$s, seq %2$s) as place
                          from (select %3$s
                                  from dead_letters
                                 where %4$s
                                 order by stored_at %2$s, seq %2$s
                                 limit %5$d) scanned) numbered
                 where matches or place = %5$d"""
                .formatted(matching, direction, columns, scanned, MAX_SCANNED);
    }

    /** The order of the rows. */
    String order() {
        return "stored_at %1$s, seq %1$s".formatted(direction);
    }

    /** The parameters of {@link #sql}, in their order. */
    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>(matchingParameters);
        parameters.addAll(scannedParameters);
        return parameters;
    }
}
