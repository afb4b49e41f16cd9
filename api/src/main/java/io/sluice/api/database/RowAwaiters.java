package io.sluice.api.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes the awaiters of rows, each with a thread; when the program is about to stop, their waits end. */
@Singleton
public class RowAwaiters {

    private final MeterRegistry registry;

    /** Guarded by this. */
    private final List<RowAwaiter<?>> all = new ArrayList<>();

    /** Guarded by this. */
    private boolean released;

    RowAwaiters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Begins to await rows, until the program stops.
     *
     * @param rows what they are, for people, as in {@code events}
     * @param ready finds those of the rows that have come so far, and blocks
     * @param <I> identifies a row
     */
    public synchronized <I> RowAwaiter<I> of(String rows, UnaryOperator<Set<I>> ready) {
        RowAwaiter<I> awaiter = new RowAwaiter<>(rows, ready);
        all.add(awaiter);
        Gauge.builder("sluice.api.waiters", awaiter, RowAwaiter::count)
                .tag("rows", rows)
                .description("Requests that wait until a row has come so far")
                .register(registry);
        if (released) {
            awaiter.release();
        }
        return awaiter;
    }

    synchronized void release(@Observes ShutdownDelayInitiatedEvent event) {
        released = true;
        all.forEach(RowAwaiter::release);
    }

    @PreDestroy
    synchronized void stop() {
        all.forEach(RowAwaiter::close);
    }
}
