package io.sluice.api.database;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.threads.NamedThreads;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Awaits that rows have come so far, for requests. These hold no thread and no connection: one query asks for all of them, the more seldom
 * the longer they have waited, and none where nobody waits. {@link RowAwaiters} makes it.
 *
 * @param <I> identifies a row
 */
public final class RowAwaiter<I> {

    private static final Duration TICK = Duration.ofMillis(5);

    /** Age up to which a row is asked for each tick: most events are stored by then. */
    private static final Duration FRESH = Duration.ofMillis(50);

    /** Age up to which a row is asked for every 25 ms. One that takes longer waits for something else, such as a consumer that is down. */
    private static final Duration YOUNG = Duration.ofSeconds(1);

    private static final int YOUNG_TICKS = 5;

    /** Number of ticks after which those are asked for that are older: every 250 ms. */
    private static final int OLD_TICKS = 50;

    /** Most requests that wait: as many as there are connections of clients, of which one could have a hundred over HTTP/2. */
    public static final int MAX_WAITERS = 2_000;

    private static final Logger LOG = Logger.getLogger(RowAwaiter.class.getName());

    private final String rows;
    private final UnaryOperator<Set<I>> ready;
    private final LongSupplier nanoTime;
    private final Map<I, AwaitedRow> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks;

    /** True while a tick is to come. */
    private final AtomicBoolean ticking = new AtomicBoolean();

    /** Used by the thread of the ticks alone. */
    private int tick;

    /** Number of requests that wait; several may wait for one row. */
    private final LongAdder count = new LongAdder();

    private final LoggedState<Boolean> failing = new LoggedState<>(false);

    private volatile boolean released;

    /**
     * A row that is waited for.
     *
     * @param since when the last of those that wait for it came
     */
    private record AwaitedRow(long since, Set<CompletableFuture<Boolean>> waiters) {}

    /**
     * Begins.
     *
     * @param rows what they are, for people, as in {@code events}
     * @param ready finds those of the rows that have come so far, and blocks
     */
    RowAwaiter(String rows, UnaryOperator<Set<I>> ready) {
        this(rows, ready, System::nanoTime);
    }

    /** Awaiter with another clock, as {@link System#nanoTime()}. */
    RowAwaiter(String rows, UnaryOperator<Set<I>> ready, LongSupplier nanoTime) {
        this.rows = rows;
        this.ready = ready;
        this.nanoTime = nanoTime;
        ticks = NamedThreads.scheduled("waiters-for-" + rows);
    }

    /**
     * Finds rows that have come so far, or are gone, by a query for those that have not.
     *
     * @param unready has the ids as its one parameter, and as its one column those of rows that have not come so far
     */
    public static Set<UUID> allBut(Sql sql, String unready, Set<UUID> ids) {
        Set<UUID> ready = new HashSet<>(ids);
        sql.query(unready, List.of((Object) ready.toArray(UUID[]::new)), rows -> {
            while (rows.next()) {
                ready.remove(rows.getObject(1, UUID.class));
            }
            return ready;
        });
        return ready;
    }

    void close() {
        ticks.shutdownNow();
    }

    /** Ends all waits, and those that begin later: the program is about to stop, and they would keep it. */
    void release() {
        released = true;
        waiting.keySet().forEach(id -> wake(id, false));
    }

    /**
     * Answers true as soon as the row has come so far, or false after that time; false at once if the program is about to stop.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where {@value #MAX_WAITERS} others wait
     */
    public Uni<Boolean> untilReady(I id, Duration timeout) {
        return Uni.createFrom().deferred(() -> {
            if (count() >= MAX_WAITERS) {
                return Uni.createFrom()
                        .failure(ProblemException.of(
                                ProblemCode.OVERLOADED,
                                "So many requests wait for %s that no more can; send it again, or without Prefer: wait."
                                        .formatted(rows)));
            }
            CompletableFuture<Boolean> waiter = new CompletableFuture<>();
            count.increment();
            add(id, waiter);
            if (released) {
                waiter.complete(false);
            }
            return Uni.createFrom()
                    .completionStage(waiter)
                    .ifNoItem()
                    .after(timeout)
                    .recoverWithItem(false)
                    .onTermination()
                    .invoke(() -> {
                        count.decrement();
                        remove(id, waiter);
                    });
        });
    }

    /**
     * Reads a row, and again once it has come so far, or after that time.
     *
     * @param find reads it, and blocks
     * @param ready tells whether it has come so far
     * @param ifUnavailable what clients are told if it cannot be read
     * @return fails as {@link #untilReady}, {@link DatabaseCalls#call}, or finding does
     */
    public <T> Uni<T> read(
            I id,
            Duration timeout,
            Supplier<T> find,
            Predicate<T> ready,
            DatabaseCalls database,
            String ifUnavailable) {
        // Empty where it is waited for: then the memory for the answer is others' meanwhile.
        return database.call(
                        () -> Optional.of(find.get()).filter(found -> timeout.isZero() || ready.test(found)),
                        ifUnavailable)
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().item(found.get())
                        : untilReady(id, timeout).flatMap(unused -> database.call(find, ifUnavailable)));
    }

    /** The number of requests that wait. */
    public long count() {
        return count.sum();
    }

    private void add(I id, CompletableFuture<Boolean> waiter) {
        waiting.compute(id, (unused, others) -> {
            Set<CompletableFuture<Boolean>> all = others == null ? new HashSet<>() : others.waiters;
            all.add(waiter);
            return new AwaitedRow(nanoTime.getAsLong(), all);
        });
        tickWhileSomeWait();
    }

    // Each waiter is itself alone, so that identity is what is meant.
    @SuppressWarnings("CollectionUndefinedEquality")
    private void remove(I id, CompletableFuture<Boolean> waiter) {
        waiting.computeIfPresent(id, (unused, row) -> {
            row.waiters.remove(waiter);
            return row.waiters.isEmpty() ? null : row;
        });
    }

    private void tickWhileSomeWait() {
        if (!waiting.isEmpty() && !released && ticking.compareAndSet(false, true)) {
            Future<?> unused = ticks.schedule(this::tick, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            tick = (tick + 1) % OLD_TICKS;
            Set<I> due = due();
            if (!due.isEmpty()) {
                ask(due);
            }
        } finally {
            ticking.set(false);
            tickWhileSomeWait();
        }
    }

    private void ask(Set<I> due) {
        try {
            ready.apply(due).forEach(id -> wake(id, true));
            failing.changesTo(false);
        } catch (RuntimeException e) {
            // Those who wait find out when they read.
            if (failing.changesTo(true)) {
                LogLine.of("waiting-without-answers")
                        .with("reason", e.getMessage())
                        .write(LOG, Level.WARN);
            }
        }
    }

    private Set<I> due() {
        if (tick == 0) {
            return waiting.keySet();
        }
        long now = nanoTime.getAsLong();
        long age = (tick % YOUNG_TICKS == 0 ? YOUNG : FRESH).toNanos();
        return waiting.entrySet().stream()
                .filter(row -> now - row.getValue().since < age)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void wake(I id, boolean isReady) {
        AwaitedRow row = waiting.remove(id);
        if (row != null) {
            row.waiters.forEach(waiter -> waiter.complete(isReady));
        }
    }
}
