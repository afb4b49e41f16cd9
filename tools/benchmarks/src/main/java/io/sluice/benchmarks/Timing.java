package io.sluice.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The times at which rows were stored, by the server's clock.
 *
 * @param parts as many rows each, in the order of storing
 */
record Timing(List<Part> parts, Instant lastCommitted) {

    /** Some rows; those of COPY have the time of its beginning. */
    record Part(long rows, Instant firstStored) {}

    /** Rows a second, from the first one to the end of the last transaction. */
    double perSecond() {
        return perSecond(0, parts.size());
    }

    /** Rows a second of a part, from 0 on, until the next one begins, or the last transaction has ended. */
    double perSecond(int part) {
        return perSecond(part, part + 1);
    }

    private double perSecond(int from, int to) {
        Instant end = to < parts.size() ? parts.get(to).firstStored() : lastCommitted;
        long rows = parts.subList(from, to).stream().mapToLong(Part::rows).sum();
        return rows / (Duration.between(parts.get(from).firstStored(), end).toNanos() / 1e9);
    }
}
