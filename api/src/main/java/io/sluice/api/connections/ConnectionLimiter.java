package io.sluice.api.connections;

import static java.util.Comparator.comparingLong;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * All connections, up to a bound. Beyond it a new one takes the place of the one that has been without a request for longest, so
 * that connections that are only held do not keep anybody out, health probes least of all.
 */
@Singleton
class ConnectionLimiter {

    private final int max;
    private final Set<ConnectionTimeoutHandler> all = ConcurrentHashMap.newKeySet();
    private final LongAdder slow = new LongAdder();
    private final LongAdder crowdedOut = new LongAdder();

    ConnectionLimiter(ConnectionLimits limits) {
        this.max = limits.connections();
    }

    /** Adds a connection; false if there is no room, which is made if any is without a request. */
    boolean add(ConnectionTimeoutHandler newcomer) {
        if (all.size() >= max) {
            crowdedOut.increment();
            if (!makeRoom()) {
                return false;
            }
        }
        all.add(newcomer);
        return true;
    }

    private boolean makeRoom() {
        long now = System.nanoTime();
        Optional<ConnectionTimeoutHandler> longestQuiet = all.stream()
                .filter(ConnectionTimeoutHandler::isQuiet)
                .min(comparingLong(connection -> connection.quietSince() - now));
        longestQuiet.ifPresent(connection -> {
            // At once, so that the next newcomer takes another one's place.
            all.remove(connection);
            connection.closeUnlessAtWork();
        });
        return longestQuiet.isPresent();
    }

    /** Keeps a connection that was to make room, and is at work after all. */
    void stays(ConnectionTimeoutHandler connection) {
        all.add(connection);
    }

    /**
     * Closes those on which nothing has come since then, as {@link System#nanoTime()} has it. One after the other: were they closed at
     * once, requests would arrive at the last ones while the first are being closed, and not be read any more.
     */
    void closeQuietSince(long nanoTime, Duration within) {
        List<ConnectionTimeoutHandler> connections = List.copyOf(all);
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).closeIfQuietSince(nanoTime, within.toNanos() / connections.size() * i);
        }
    }

    void remove(ConnectionTimeoutHandler connection) {
        all.remove(connection);
    }

    /** Counts a connection that is closed because its client has taken too long. */
    void wasSlow() {
        slow.increment();
    }

    int size() {
        return all.size();
    }

    long slow() {
        return slow.sum();
    }

    long crowdedOut() {
        return crowdedOut.sum();
    }
}
