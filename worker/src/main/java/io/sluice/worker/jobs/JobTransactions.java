package io.sluice.worker.jobs;

import io.sluice.runtime.database.SqlFailure;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.FailureSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jboss.logmanager.Logger;

/** Transactions in which jobs begin and end. */
final class JobTransactions {

    private static final Logger LOG = Logger.getLogger(JobTransactions.class.getName());

    private static final Backoff RETRIES =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> ThreadLocalRandom.current()
                    .nextDouble());

    private final DataSource pool;
    private final BooleanSupplier stopping;
    private final LogRateLimiter waits = new LogRateLimiter();

    /**
     * Begins nothing yet.
     *
     * @param stopping tells that the program stops, so that nothing is tried again
     */
    JobTransactions(DataSource pool, BooleanSupplier stopping) {
        this.pool = pool;
        this.stopping = stopping;
    }

    /** Work of one transaction. */
    interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /**
     * Does the work and commits it; blocks.
     *
     * @throws SQLException if it is rolled back, or if nobody knows
     */
    <T> T once(Work<T> work) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            T result = work.in(transaction.connection());
            transaction.commit();
            return result;
        }
    }

    /**
     * Does the work, again and again while PostgreSQL is away. For our own table alone: what a feature writes can fail for ever, as for
     * want of a right, and would hold the thread.
     *
     * @throws InterruptedException if the program stops meanwhile
     * @throws SQLException if PostgreSQL refuses it, or if the program is stopping
     */
    <T> T retried(Work<T> work) throws InterruptedException, SQLException {
        for (int failures = 1; ; failures++) {
            try {
                return once(work);
            } catch (SQLException e) {
                boolean passes =
                        switch (SqlFailure.of(e)) {
                            case TRANSIENT, CONFLICT -> true;
                            case PERMANENT, IN_DOUBT -> false;
                        };
                if (!passes || stopping.getAsBoolean()) {
                    throw e;
                }
                LogLine.of("jobs-wait").with("reason", FailureSummary.of(e)).write(LOG, waits);
                Thread.sleep(RETRIES.after(failures).toMillis());
            }
        }
    }
}
