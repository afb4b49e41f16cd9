package io.sluice.provisioning;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the expired rows of one table in small transactions, with pauses in between. */
final class BatchedDelete {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedDelete.class);

    /** A few milliseconds of work. */
    private static final int BATCH = 1_000;

    /** Ratio of a pause to the batch before it, so that a busy server gets longer pauses. */
    private static final int PAUSE = 4;

    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private final Connection connection;
    private final RetentionPolicy policy;
    private final OffsetDateTime cutoff;
    private long rows;
    private long reported = System.nanoTime();

    /**
     * Deletes nothing yet.
     *
     * @param connection commits each statement by itself
     * @param cutoff rows from before are expired
     */
    BatchedDelete(Connection connection, RetentionPolicy policy, OffsetDateTime cutoff) {
        this.connection = connection;
        this.policy = policy;
        this.cutoff = cutoff;
    }

    /** The number of rows deleted so far. */
    long rows() {
        return rows;
    }

    /** Counts the rows to delete. */
    long count() throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(policy.count())) {
            count.setObject(1, cutoff);
            try (ResultSet counted = count.executeQuery()) {
                counted.next();
                return counted.getLong(1);
            }
        }
    }

    void run() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(policy.delete())) {
            long start = System.nanoTime();
            OffsetDateTime end = batch(delete, OffsetDateTime.MIN);
            while (end != null) {
                LockSupport.parkNanos(PAUSE * (System.nanoTime() - start));
                report();
                start = System.nanoTime();
                end = batch(delete, end);
            }
        }
    }

    /** Deletes a batch; returns the time of its last row, or {@code null} if none was left. */
    private @Nullable OffsetDateTime batch(PreparedStatement delete, OffsetDateTime from) throws SQLException {
        delete.setObject(1, from);
        delete.setObject(2, cutoff);
        delete.setInt(3, BATCH);
        try (ResultSet deleted = delete.executeQuery()) {
            deleted.next();
            rows += deleted.getLong(1);
            return deleted.getObject(2, OffsetDateTime.class);
        }
    }

    private void report() {
        if (System.nanoTime() - reported > REPORT_EVERY.toNanos()) {
            LOG.info("Deleted {} rows of table {} until now", rows, policy.table());
            reported = System.nanoTime();
        }
    }
}
