package io.sluice.api.publishing;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event that was handed to the producer, until the request that brought it is told what became of it. */
final class Handover {

    private static final AtomicIntegerFieldUpdater<Handover> LANDED =
            AtomicIntegerFieldUpdater.newUpdater(Handover.class, "landed");

    private final long begun;
    private final LongAdder inFlight;

    /** 1 when the producer is done with it: one that fails says so twice, by what it throws and by its callback. */
    private volatile int landed;

    /** Let go of when it has been told, and the event with it: this may stay in a queue for longer. */
    private final AtomicReference<@Nullable Consumer<@Nullable Exception>> waiting;

    /**
     * A handover that begins.
     *
     * @param begun when, as {@link System#nanoTime()}
     * @param inFlight counts it until it has landed
     * @param waiting is told why the event may not have arrived, or {@code null} if it has; at most once, on any thread
     */
    Handover(long begun, LongAdder inFlight, Consumer<@Nullable Exception> waiting) {
        this.begun = begun;
        this.inFlight = inFlight;
        this.waiting = new AtomicReference<>(waiting);
    }

    long begun() {
        return begun;
    }

    /** The producer is done with it. */
    void land() {
        if (landed == 0 && LANDED.compareAndSet(this, 0, 1)) {
            inFlight.decrement();
        }
    }

    /** Whether it is over: told or withdrawn. */
    boolean isOver() {
        return waiting.get() == null;
    }

    /** Tells whoever waits, unless it is over; returns whether it was not. */
    boolean tell(@Nullable Exception failure) {
        Consumer<@Nullable Exception> told = waiting.getAndSet(null);
        if (told == null) {
            return false;
        }
        told.accept(failure);
        return true;
    }

    /** Ends it without telling anybody: the producer has not taken the event. */
    void withdraw() {
        waiting.set(null);
    }
}
