package io.sluice.runtime.logs;

/** A state that is logged when it changes, and not each time that it is found. For any thread. */
public final class LoggedState<T> {

    /** Written under this; volatile for those who only read. */
    private volatile T current;

    /** Begins with a state that is not logged. */
    public LoggedState(T initial) {
        current = initial;
    }

    /** The state that was found last. */
    public T current() {
        return current;
    }

    /** Sets the state; true if it is another one than before, and so to be logged. */
    public synchronized boolean changesTo(T now) {
        boolean changes = !now.equals(current);
        current = now;
        return changes;
    }
}
