package io.sluice.api.http.request;

import io.sluice.contract.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for work of a kind, of which so many and no more are taken at a time in one replica (bulkhead). A caller gets one more as long as it
 * has fewer than are free: alone half of them, a second one half of the rest, and so on, so that it takes many callers to keep another one
 * out. Where no keys are set there are no callers, and no shares. For any thread.
 */
public final class CallerPlaces {

    private final int most;

    /** Places taken, by caller; guarded by this. */
    private final Map<String, Integer> taken = new HashMap<>();

    private int all;

    /** @param most places that are taken at a time, above 0 */
    public CallerPlaces(int most) {
        this.most = most;
    }

    /** Takes a place; false if none is free, or none for this caller. */
    public synchronized boolean take(String caller) {
        int own = taken.getOrDefault(caller, 0);
        int free = most - all;
        if (free == 0 || (own >= free && !caller.equals(Event.ANONYMOUS))) {
            return false;
        }
        all++;
        taken.put(caller, own + 1);
        return true;
    }

    /** Leaves a place that this caller has taken. */
    public synchronized void leave(String caller) {
        all--;
        taken.computeIfPresent(caller, (unused, own) -> own == 1 ? null : own - 1);
    }
}
