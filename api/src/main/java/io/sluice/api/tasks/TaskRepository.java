package io.sluice.api.tasks;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.sluice.api.http.paging.Cursor;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds tasks, of one owner each time. Every method blocks, in a transaction that is under way. */
@Singleton
class TaskRepository implements PanacheRepositoryBase<Task, UUID> {

    /** Most tasks that are looked at for a page of those that pass a filter. */
    static final int MAX_SCANNED = 2_000;

    /** The owner's task. */
    Optional<Task> find(UUID id, String owner) {
        return find("id = ?1 and owner = ?2", id, owner).firstResultOptional();
    }

    /** The owner's task, as it is when nobody else changes it any more; others wait until the transaction ends. */
    Optional<Task> findLocked(UUID id, String owner) {
        return find("id = ?1 and owner = ?2", id, owner)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /**
     * A page of a list.
     *
     * @param next where the following page begins, or {@code null} if there is none
     */
    record Page(List<Task> tasks, @Nullable Cursor next) {}

    /** The page that is asked for; shorter where {@value #MAX_SCANNED} tasks have no more that pass the filter. */
    Page page(String owner, TaskListQuery query) {
        TaskOrder order = query.order();
        StringBuilder conditions = new StringBuilder("owner = :owner");
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", owner));
        if (query.after() != null) {
            add(order.after("after"), "after", query.after(), order, conditions, parameters);
        }
        Cursor bound = query.filter().isEmpty() ? null : bound(conditions, parameters, order);
        if (bound != null) {
            add(order.upTo("bound"), "bound", bound, order, conditions, parameters);
        }
        query.filter().addTo(conditions, parameters);
        // One more than is shown, to know whether there is a next page.
        List<Task> tasks = find(conditions + " " + order.orderBy(), parameters)
                .range(0, query.limit())
                .list();
        if (tasks.size() > query.limit()) {
            List<Task> shown = tasks.subList(0, query.limit());
            return new Page(shown, order.place(shown.get(query.limit() - 1)));
        }
        return new Page(tasks, bound);
    }

    /** The place of the last task that is looked at; {@code null} if there are fewer. */
    private @Nullable Cursor bound(StringBuilder conditions, Map<String, Object> parameters, TaskOrder order) {
        return find(conditions + " " + order.orderBy(), parameters).range(MAX_SCANNED - 1, MAX_SCANNED - 1).stream()
                .findFirst()
                .map(order::place)
                .orElse(null);
    }

    private static void add(
            String condition,
            String prefix,
            Cursor place,
            TaskOrder order,
            StringBuilder conditions,
            Map<String, Object> parameters) {
        conditions.append(" and ").append(condition);
        parameters.put(prefix + "Value", order.value(place));
        parameters.put(prefix + "Seq", place.seq());
    }
}
