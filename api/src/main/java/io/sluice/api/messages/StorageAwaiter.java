package io.sluice.api.messages;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Awaits that events are stored, for requests. These hold no thread and no connection: one query a tick asks for all of them.
 */
@Startup
@ApplicationScoped
class StorageAwaiter {

    private static final Duration TICK = Duration.ofMillis(25);

    /** Most requests that wait: as many as there are connections of clients, of which one could have a hundred over HTTP/2. */
    static final int MAX_WAITERS = 2_000;

    private static final Logger LOG = Logger.getLogger(StorageAwaiter.class.getName());

    private final MessageStore store;
    private final Map<UUID, Set<CompletableFuture<Boolean>>> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(tick -> new Thread(tick, "waiters"));

    /** Number of requests that wait; several may wait for one event. */
    private final LongAdder count = new LongAdder();

    private final LoggedState<Boolean> failing = new LoggedState<>(false);

    private volatile boolean released;

    StorageAwaiter(MessageStore store, MeterRegistry registry) {
        this.store = store;
        Gauge.builder("sluice.api.waiters", this, StorageAwaiter::count)
                .description("Requests that wait until an event is stored")
                .register(registry);
        Future<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        ticks.shutdownNow();
    }

    /** Ends all waits, and those that begin later: the program is about to stop, and they would keep it. */
    void release(@Observes ShutdownDelayInitiatedEvent event) {
        released = true;
        waiting.keySet().forEach(id -> wake(id, false));
    }

    /**
     * Answers true as soon as the event is stored, or false after that time; false at once if the program is about to stop.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where {@value #MAX_WAITERS} others wait
     */
    Uni<Boolean> untilStored(UUID id, Duration patience) {
        return Uni.createFrom().deferred(() -> {
            if (count() >= MAX_WAITERS) {
                return Uni.createFrom()
                        .failure(ProblemException.of(
                                ProblemCode.OVERLOADED,
                                "So many requests wait for events that no more can; send it again, or without"
                                        + " Prefer: wait."));
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
                    .after(patience)
                    .recoverWithItem(false)
                    .onTermination()
                    .invoke(() -> {
                        count.decrement();
                        remove(id, waiter);
                    });
        });
    }

    /** The number of requests that wait. */
    long count() {
        return count.sum();
    }

    private void add(UUID id, CompletableFuture<Boolean> waiter) {
        waiting.compute(id, (unused, others) -> {
            Set<CompletableFuture<Boolean>> all = others == null ? new HashSet<>() : others;
            all.add(waiter);
            return all;
        });
    }

    // Each waiter is itself alone, so that identity is what is meant.
    @SuppressWarnings("CollectionUndefinedEquality")
    private void remove(UUID id, CompletableFuture<Boolean> waiter) {
        waiting.computeIfPresent(id, (unused, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    private void tick() {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            store.fingerprints(waiting.keySet()).keySet().forEach(id -> wake(id, true));
            failing.changesTo(false);
        } catch (RuntimeException e) {
            // A scheduled task that throws is not run again. Those who wait find out when they read.
            if (failing.changesTo(true)) {
                LogLine.of("waiting-without-answers")
                        .with("reason", e.getMessage())
                        .write(LOG, Level.WARN);
            }
        }
    }

    private void wake(UUID id, boolean stored) {
        Set<CompletableFuture<Boolean>> waiters = waiting.remove(id);
        if (waiters != null) {
            waiters.forEach(waiter -> waiter.complete(stored));
        }
    }
}
