package io.sluice.consumer.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about the events that were to be stored, by the class of its SQLSTATE. This is the one place that decides.
 *
 * <table>
 * <caption>Classes of SQLSTATE</caption>
 * <tr><th>class<th>meaning<th>taken as
 * <tr><td>22<td>data exception<td>permanent
 * <tr><td>23<td>integrity constraint violation<td>permanent
 * <tr><td>54<td>program limit exceeded<td>permanent
 * <tr><td>40<td>transaction rollback: deadlock, serialization failure<td>in the way
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
    /** It can be the event's own fault: it is, if it happens to it alone, again and again. */
    PERMANENT,
    /** Another transaction was in the way: the same again is likely to work. */
    IN_THE_WAY,
    /** It passes, or somebody mends it: it is waited for. Nothing is said about any event. */
    TRANSIENT;

    /** The state of a failure of our own that wants the transaction repeated: 40001, serialization failure. */
    public static final String REPEAT = "40001";

    private static final Set<String> PERMANENT_CLASSES = Set.of("22", "23", "54");
    private static final Set<String> IN_THE_WAY_CLASSES = Set.of("40");

    /** Permanent only if every state in the whole chain of causes and next exceptions is. */
    public static SqlFailure of(Throwable failure) {
        Set<String> classes = classes(failure);
        if (classes.isEmpty()) {
            return TRANSIENT;
        }
        if (PERMANENT_CLASSES.containsAll(classes)) {
            return PERMANENT;
        }
        return IN_THE_WAY_CLASSES.containsAll(classes) ? IN_THE_WAY : TRANSIENT;
    }

    private static Set<String> classes(Throwable failure) {
        Set<String> classes = new HashSet<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> chain = new ArrayDeque<>();
        chain.add(failure);
        while (!chain.isEmpty()) {
            Throwable link = chain.remove();
            if (seen.add(link)) {
                addIfPresent(chain, link.getCause());
                if (link instanceof SQLException sql) {
                    addIfPresent(chain, sql.getNextException());
                    classes.add(classOf(sql.getSQLState()));
                }
            }
        }
        return classes;
    }

    private static void addIfPresent(Deque<Throwable> chain, @Nullable Throwable link) {
        if (link != null) {
            chain.add(link);
        }
    }

    /** The class, or an empty text where there is none: that is no known class either. */
    private static String classOf(@Nullable String state) {
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }
}
