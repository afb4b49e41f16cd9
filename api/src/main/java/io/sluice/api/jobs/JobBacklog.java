package io.sluice.api.jobs;

import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Bounds the number of jobs that are not finished: while no worker is there, the table must not grow for ever. */
@Singleton
class JobBacklog {

    /** Most jobs that wait, some hours of work; some more get in within the second until they are counted again. */
    static final long MAX_JOBS = 10_000;

    private static final long COUNT_EVERY = Duration.ofSeconds(1).toNanos();

    private static final String COUNT =
            "select count(*) from (select from jobs where finished_at is null limit ?) unfinished";

    private final long maxJobs;
    private final LongSupplier nanoTime;
    private final AtomicLong nextCount;
    private volatile long jobs;

    @Inject
    JobBacklog() {
        this(MAX_JOBS, System::nanoTime);
    }

    JobBacklog(long maxJobs, LongSupplier nanoTime) {
        this.maxJobs = maxJobs;
        this.nanoTime = nanoTime;
        this.nextCount = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Counts them, at most once a second.
     *
     * @throws ProblemException {@link ProblemCode#OVERLOADED} if there are too many
     */
    void check(Connection transaction) throws SQLException {
        long now = nanoTime.getAsLong();
        long due = nextCount.get();
        if (now - due >= 0 && nextCount.compareAndSet(due, now + COUNT_EVERY)) {
            jobs = Sql.query(transaction, COUNT, List.of(maxJobs), rows -> {
                rows.next();
                return rows.getLong(1);
            });
        }
        if (jobs >= maxJobs) {
            throw ProblemException.of(
                            ProblemCode.OVERLOADED,
                            "%d jobs wait for the worker, and no more can; nothing was changed. Try again later."
                                    .formatted(jobs))
                    .with("Retry-After", "10");
        }
    }
}
