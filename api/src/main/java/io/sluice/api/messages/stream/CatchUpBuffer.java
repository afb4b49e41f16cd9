package io.sluice.api.messages.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Buffer of one block between a catch-up, which waits until there is room, and whoever sends it, which never waits. */
final class CatchUpBuffer {

    private volatile byte @Nullable [] block;
    private volatile boolean last;
    private volatile boolean closed;

    /**
     * Waits until the block before this one is taken, and puts this one in its place.
     *
     * @param isLast true if there are none behind it
     * @return false if that was not taken within that time, or the buffer is closed
     */
    synchronized boolean put(byte[] next, boolean isLast, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (block != null && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        if (closed) {
            return false;
        }
        block = next;
        // Behind it: the one before it may be on its way still, and must not be taken for the last.
        last = isLast;
        return true;
    }

    /** Takes the block that is there, or {@code null}. */
    byte @Nullable [] take() {
        if (block == null) {
            return null;
        }
        synchronized (this) {
            byte[] taken = block;
            block = null;
            notifyAll();
            return taken;
        }
    }

    /** True once the last block is taken. */
    boolean isEnded() {
        return last && block == null;
    }

    /** Lets nobody wait any more: there is nobody to take anything. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
