package io.sluice.api.connections;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that all clients share. Where it does not suffice, the holder that has been waiting for its client for longest gives way:
 * whoever keeps much of it, over however many connections or streams, loses it to those who are done with theirs at once.
 */
public final class MemoryBudget {

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** The oldest first. */
    private final Set<Holder> waiting = new LinkedHashSet<>();

    /** A budget of so many bytes. */
    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Something that waits for its client, and can be given up. */
    public interface Holder {
        /** Releases what it has; others need it. Called once, on any thread. */
        void giveWay();
    }

    /** This one may have to give way from now on, until {@link #finish}. */
    public synchronized void begin(Holder holder) {
        waiting.add(holder);
    }

    /** Ends what {@link #begin} has begun; false if the holder has had to give way. */
    public synchronized boolean finish(Holder holder) {
        return waiting.remove(holder);
    }

    /**
     * Takes so many bytes more, which are to be {@link #release released} in either case.
     *
     * @return whether there is room for them; there is none where nothing has been waiting for longer than this holder
     */
    public boolean take(Holder holder, long more) {
        long taken = bytes.addAndGet(more);
        while (taken > maxBytes) {
            if (!makeRoom(holder)) {
                return false;
            }
            taken = bytes.get();
        }
        return true;
    }

    private boolean makeRoom(Holder forThis) {
        Holder oldest;
        synchronized (this) {
            Iterator<Holder> oldestFirst = waiting.iterator();
            if (!oldestFirst.hasNext()) {
                return false;
            }
            oldest = oldestFirst.next();
            if (oldest == forThis) {
                return false;
            }
            oldestFirst.remove();
        }
        oldest.giveWay();
        return true;
    }

    /** Gives back what was taken. */
    public void release(long less) {
        bytes.addAndGet(-less);
    }
}
