package io.sluice.api.tasks;

import io.sluice.api.http.paging.Cursor;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The order of a list.
 *
 * @param by what it is sorted by; tasks that are equal in that are sorted by when they were made
 */
@SuppressWarnings("EnumOrdinal") // The column of an enum is its ordinal.
record TaskOrder(By by, boolean descending) {

    /** The names of all orders: {@code created}, and {@code -created} for the other direction. */
    static final List<String> NAMES = Stream.of(By.values())
            .flatMap(by -> Stream.of(by.toString(), "-" + by))
            .toList();

    /** Attributes that a list can be sorted by; there is an index of each. */
    enum By {
        CREATED("createdAt"),
        /** Tasks without a due date come after all that have one. */
        DUE("due"),
        PRIORITY("priority");

        private final String attribute;

        By(String attribute) {
            this.attribute = attribute;
        }

        /** The name in the query. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The order of one of the {@link #NAMES}. */
    static TaskOrder of(String name) {
        boolean descending = name.startsWith("-");
        String by = descending ? name.substring(1) : name;
        return new TaskOrder(By.valueOf(by.toUpperCase(Locale.ROOT)), descending);
    }

    /** The clause of HQL. */
    String orderBy() {
        String direction = descending ? "desc" : "asc";
        return "order by %s %s, seq %s".formatted(by.attribute, direction, direction);
    }

    /** The condition of HQL for what comes after a place; its parameters are named with this prefix. */
    String after(String prefix) {
        return compared(descending ? "<" : ">", prefix);
    }

    /** The condition of HQL for what comes before a place, and for the place itself. */
    String upTo(String prefix) {
        return compared(descending ? ">=" : "<=", prefix);
    }

    private String compared(String operator, String prefix) {
        return "(%1$s, seq) %2$s (:%3$sValue, :%3$sSeq)".formatted(by.attribute, operator, prefix);
    }

    /** The place of a task. */
    Cursor place(Task task) {
        return switch (by) {
            case CREATED -> new Cursor(task.createdAt(), task.seq());
            case DUE -> new Cursor(task.due().toEpochDay(), task.seq());
            case PRIORITY -> new Cursor(task.priority().ordinal(), task.seq());
        };
    }

    /** The value of what it is sorted by at a place; the nearest one where a client has made the cursor up. */
    Object value(Cursor place) {
        return switch (by) {
            case CREATED -> place.storedAt();
            case DUE ->
                LocalDate.ofEpochDay(within(LocalDate.EPOCH.toEpochDay(), place.position(), Task.NEVER.toEpochDay()));
            case PRIORITY -> Priority.values()[(int) within(0, place.position(), Priority.values().length - 1)];
        };
    }

    private static long within(long least, long value, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
