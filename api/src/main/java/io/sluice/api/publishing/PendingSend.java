package io.sluice.api.publishing;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event that was handed to the producer, until the request that brought it knows what became of it. */
final class PendingSend {

    private static final AtomicIntegerFieldUpdater<PendingSend> LANDED =
            AtomicIntegerFieldUpdater.newUpdater(PendingSend.class, "landed");

    private final long begun;
    private final LongAdder inFlight;

    /** 1 when the producer is done with it: one that fails says so twice, by what it throws and by its callback. */
    private volatile int landed;

    /** Released when it was called, and the event with it: this object may stay in a queue for longer. */
    private final AtomicReference<@Nullable Consumer<@Nullable Exception>> callback;

    /**
     * A send that begins.
     *
     * @param begun when, as {@link System#nanoTime()}
     * @param inFlight counts it until it has landed
     * @param callback gets why the event may not have arrived, or {@code null} if it has; at most once, on any thread
     */
    PendingSend(long begun, LongAdder inFlight, Consumer<@Nullable Exception> callback) {
        this.begun = begun;
        this.inFlight = inFlight;
        this.callback = new AtomicReference<>(callback);
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

    /** True if it is over: completed or withdrawn. */
    boolean isOver() {
        return callback.get() == null;
    }

    /** Calls back, unless it is over; returns whether it was not. */
    boolean complete(@Nullable Exception failure) {
        Consumer<@Nullable Exception> waiting = callback.getAndSet(null);
        if (waiting == null) {
            return false;
        }
        waiting.accept(failure);
        return true;
    }

    /** Ends it without a call: the producer has not taken the event. */
    void withdraw() {
        callback.set(null);
    }
}
