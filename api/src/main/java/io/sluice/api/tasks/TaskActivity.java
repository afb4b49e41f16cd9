package io.sluice.api.tasks;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of tasks, which the consumer keeps from their events; so it is a moment behind. Every method blocks, and throws {@link
 * DatabaseUnavailableException}.
 */
@Singleton
class TaskActivity {

    /** Finds a task that is there, or was: what is kept of one that was deleted is its history. */
    private static final String EXISTS =
            """
            select exists (select from tasks where id = ? and owner = ?)
                or exists (select from task_activity where task_id = ? and owner = ?)""";

    private static final String PAGE =
            """
            select version, type, status, time, event_id
              from task_activity
             where task_id = ? and owner = ? and version < ?
             order by version desc
             limit ?""";

    private final Sql sql;

    TaskActivity(Sql sql) {
        this.sql = sql;
    }

    /**
     * A change of a task.
     *
     * @param version of the task since
     * @param type of its event
     * @param status of the task since
     * @param time by the api's clock
     * @param eventId of its event
     */
    record Change(long version, String type, String status, Instant time, UUID eventId) {}

    /**
     * A page of changes.
     *
     * @param items newest first
     * @param next version before which the following page begins, or {@code null} if there is none
     */
    record Page(List<Change> items, @Nullable Long next) {}

    /**
     * Changes of a task before a version; empty if it is none of this owner's.
     *
     * @param limit how many at most
     */
    Optional<Page> page(UUID id, String owner, long before, int limit) {
        if (!sql.query(EXISTS, List.of(id, owner, id, owner), rows -> rows.next() && rows.getBoolean(1))) {
            return Optional.empty();
        }
        // One more than is shown, to know whether there is a next page.
        return Optional.of(sql.query(PAGE, List.of(id, owner, before, limit + 1), rows -> page(rows, limit)));
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<Change> changes = new ArrayList<>();
        while (rows.next()) {
            if (changes.size() == limit) {
                return new Page(changes, changes.get(limit - 1).version());
            }
            changes.add(new Change(
                    rows.getLong("version"),
                    rows.getString("type"),
                    rows.getString("status"),
                    Sql.instant(rows, "time"),
                    rows.getObject("event_id", UUID.class)));
        }
        return new Page(changes, null);
    }
}
