package io.sluice.runtime.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classification of failures to store something, by the class of their SQLSTATE. This is the one place that decides.
 *
 * <table>
 * <caption>Classes of SQLSTATE</caption>
 * <tr><th>class<th>meaning<th>taken as
 * <tr><td>22<td>data exception<td>permanent
 * <tr><td>23<td>integrity constraint violation<td>permanent
 * <tr><td>54<td>program limit exceeded<td>permanent
 * <tr><td>40<td>transaction rollback: deadlock, serialization failure<td>conflict
 * <tr><td>P0, and 57014, 53200, 53400<td>raised by a function or trigger; a timeout or a cancel request, out of memory, a
 *     limit of the configuration<td>in doubt
 * <tr><td>08, 57, 58<td>connection, operator intervention, system error<td>transient
 * <tr><td>25, 28, 3D<td>read-only, not authorized, no such database<td>transient
 * <tr><td>42<td>no such table, no right to it: an older schema, a missing grant<td>transient
 * <tr><td>53, 55<td>no disk, memory or connection left; locked<td>transient
 * <tr><td>any other, and none<td>not known<td>transient
 * </table>
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public enum SqlFailure {
    /** The event may be at fault: it is, if the failure recurs with it alone. */
    PERMANENT,
    /**
     * The size of the batch, or an event in it, may be at fault: the batch is retried in parts, and no event is
     * rejected.
     */
    IN_DOUBT,
    /** A conflict with another transaction; a retry is likely to succeed. */
    CONFLICT,
    /** A condition outside the events, which passes or is repaired; retried until then. */
    TRANSIENT;

    /** SQLSTATE of a serialization failure, which requests a retry of the transaction. */
    public static final String SERIALIZATION_FAILURE = "40001";

    private static final Set<String> PERMANENT_CLASSES = Set.of("22", "23", "54");
    private static final Set<String> CONFLICT_CLASSES = Set.of("40");
    private static final Set<String> IN_DOUBT_CLASSES = Set.of("P0");
    private static final Set<String> IN_DOUBT_STATES = Set.of("57014", "53200", "53400");

    /**
     * Permanent only if every state in the chain of causes and next exceptions is; in doubt if the others are in doubt.
     */
    public static SqlFailure of(Throwable failure) {
        Set<SqlFailure> kinds = kinds(failure);
        if (kinds.isEmpty() || kinds.contains(TRANSIENT)) {
            return TRANSIENT;
        }
        if (kinds.size() == 1) {
            return kinds.iterator().next();
        }
        return kinds.contains(CONFLICT) ? TRANSIENT : IN_DOUBT;
    }

    private static Set<SqlFailure> kinds(Throwable failure) {
        Set<SqlFailure> kinds = EnumSet.noneOf(SqlFailure.class);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> chain = new ArrayDeque<>();
        chain.add(failure);
        while (!chain.isEmpty()) {
            Throwable link = chain.remove();
            if (seen.add(link)) {
                addIfPresent(chain, link.getCause());
                if (link instanceof SQLException sql) {
                    addIfPresent(chain, sql.getNextException());
                    kinds.add(kind(sql.getSQLState()));
                }
            }
        }
        return kinds;
    }

    private static SqlFailure kind(@Nullable String state) {
        String stateClass = state == null || state.length() < 2 ? "" : state.substring(0, 2);
        if (PERMANENT_CLASSES.contains(stateClass)) {
            return PERMANENT;
        }
        if (CONFLICT_CLASSES.contains(stateClass)) {
            return CONFLICT;
        }
        return IN_DOUBT_CLASSES.contains(stateClass) || IN_DOUBT_STATES.contains(String.valueOf(state))
                ? IN_DOUBT
                : TRANSIENT;
    }

    private static void addIfPresent(Deque<Throwable> chain, @Nullable Throwable link) {
        if (link != null) {
            chain.add(link);
        }
    }
}
