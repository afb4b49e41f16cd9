package io.sluice.benchmarks;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Events that become the marked rows of a table.
 *
 * @param content of all of them
 */
record Backlog(MessagesTable table, Content content) {

    /** The longest time in which nothing is stored. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final long BETWEEN_LOOKS_MILLIS = 20;

    /** Returns when as many rows are stored. */
    void await() throws SQLException, InterruptedException {
        long begun = 0;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (begun < content.rows() || table.count() < content.rows()) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            long now = table.begun();
            if (now > begun) {
                begun = now;
                deadline = System.nanoTime() + TIMEOUT.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new Failure("%,d of %,d records are stored, and none was for %d minutes."
                        .formatted(table.count(), content.rows(), TIMEOUT.toMinutes()));
            }
        }
    }

    /** Fails unless the rows are these events. */
    void requireStored() throws SQLException {
        Content stored = table.content();
        if (!stored.equals(content)) {
            throw new Failure("The table has %s, but the topic %s.".formatted(stored, content));
        }
    }
}
