package io.sluice.api.messages.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hands blocks of a catch-up, which waits, over to whoever sends, which never does. One block at a time. */
final class HandOver {

    private volatile byte @Nullable [] block;
    private volatile boolean last;
    private volatile boolean closed;

    /**
     * Hands over a block, and waits until the one before it is taken.
     *
     * @param isLast true if there are none behind it
     * @return false if it was not taken within that time, or it is closed
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

    /** Takes the block that was handed over, or {@code null}. */
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
