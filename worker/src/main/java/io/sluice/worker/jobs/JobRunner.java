package io.sluice.worker.jobs;

import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.retry.Backoff;
import io.sluice.worker.jobs.JobTable.Start;
import io.sluice.worker.jobs.Verdict.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Runs jobs, and ends each: its result is written in the transaction that ends it, if the job is still this attempt's. */
final class JobRunner {

    /** Failures by the job's own fault after which it is given up. */
    static final int MAX_FAILURES = 5;

    /** Attempts that were started and never ended after which it is given up: it may be what their workers died of. */
    static final int MAX_DEATHS = 2;

    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());

    /** Pauses between attempts at a job. */
    private static final Backoff RETRIES =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> ThreadLocalRandom.current()
                    .nextDouble());

    private final JobTable table = new JobTable();
    private final Attempts attempts;
    private final JobTransactions transactions;
    private final JobMetrics metrics;
    private final LogRateLimiter outages = new LogRateLimiter();

    /** Held alone by an attempt at a job that a worker died at, or that failed: should it again, no other job is the cause, or taken for it. */
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    private volatile boolean stopping;

    JobRunner(DataSource pool, Attempts attempts, JobMetrics metrics) {
        this.transactions = new JobTransactions(pool, () -> stopping);
        this.attempts = attempts;
        this.metrics = metrics;
    }

    /**
     * Makes an attempt at a job; blocks, and longer while PostgreSQL is away.
     *
     * @return the time after which another is due; empty if it has ended, here or elsewhere, or was gone
     * @throws InterruptedException if the program stops before PostgreSQL knows what became of it
     * @throws SQLException if PostgreSQL refuses to know
     */
    Optional<Duration> run(JobHandler handler, UUID id) throws InterruptedException, SQLException {
        if (stopping) {
            return Optional.of(Duration.ZERO);
        }
        boolean alone = transactions.retried(transaction -> table.isSuspect(transaction, id));
        Lock turn = alone ? turns.writeLock() : turns.readLock();
        turn.lockInterruptibly();
        try {
            return start(handler, id);
        } finally {
            turn.unlock();
        }
    }

    private Optional<Duration> start(JobHandler handler, UUID id) throws InterruptedException, SQLException {
        Optional<Start> started = transactions.retried(transaction -> table.start(transaction, id));
        if (started.isEmpty()) {
            return Optional.empty();
        }
        Job job = started.get().job();
        if (started.get().died()) {
            metrics.died(handler.type());
            describe(LogLine.of("job-died"), handler, job)
                    .with("count", started.get().deaths())
                    .write(LOG, Level.WARN);
        }
        attempts.begin(job);
        try {
            if (stopping) {
                giveBack(job);
                return Optional.of(Duration.ZERO);
            }
            return attempt(handler, started.get());
        } finally {
            attempts.end(job);
        }
    }

    private Optional<Duration> attempt(JobHandler handler, Start start) throws InterruptedException, SQLException {
        Job job = start.job();
        if (start.deaths() >= MAX_DEATHS) {
            String reason = "The worker died %d times while it was at work on this.".formatted(start.deaths());
            return giveUp(handler, job, 0, reason, new JobFailure(JobFailure.INTERNAL_ERROR, reason));
        }
        long began = System.nanoTime();
        try {
            try (JobResult result = handler.run(job)) {
                if (!finish(job, result)) {
                    return superseded(handler, job);
                }
                metrics.done(handler.type(), Duration.ofNanos(System.nanoTime() - began));
                cleanUp(handler, job, result);
            }
            describe(LogLine.of("job-done"), handler, job).write(LOG, Level.DEBUG);
            return Optional.empty();
        } catch (Throwable failure) {
            // Errors as well: a decoder's StackOverflowError is a failure of this job alone.
            return failed(handler, start, failure);
        }
    }

    private static void cleanUp(JobHandler handler, Job job, JobResult result) {
        try {
            result.committed();
        } catch (RuntimeException e) {
            // The job has ended all the same.
            describe(LogLine.of("job-not-cleaned-up"), handler, job).because(e).write(LOG, Level.WARN);
        }
    }

    private boolean finish(Job job, JobResult result) throws SQLException {
        return transactions.once(transaction -> {
            boolean ours = table.finish(transaction, job);
            if (ours) {
                result.write(transaction);
            }
            return ours;
        });
    }

    private Optional<Duration> failed(JobHandler handler, Start start, Throwable failure)
            throws InterruptedException, SQLException {
        Job job = start.job();
        if (stopping) {
            giveBack(job);
            return Optional.of(Duration.ZERO);
        }
        Verdict verdict = Verdict.of(failure);
        int failures = start.failures() + 1;
        return switch (verdict.kind()) {
            case PERMANENT -> giveUp(handler, job, 1, verdict.reason(), verdict.told(failures));
            case OUTAGE -> retry(handler, job, verdict, failure);
            case FAILURE ->
                failures < MAX_FAILURES
                        ? retry(handler, job, verdict, failure)
                        : giveUp(
                                handler,
                                job,
                                1,
                                "It failed %d times, the last time with: %s".formatted(failures, verdict.reason()),
                                verdict.told(failures));
        };
    }

    private Optional<Duration> retry(JobHandler handler, Job job, Verdict verdict, Throwable failure)
            throws InterruptedException, SQLException {
        boolean counts = verdict.kind() == Kind.FAILURE;
        if (!transactions.retried(transaction -> table.retry(transaction, job, verdict.reason(), counts ? 1 : 0))) {
            return superseded(handler, job);
        }
        Duration pause = RETRIES.after(job.attempt());
        LogLine line = describe(LogLine.of("job-retried"), handler, job)
                .with("reason", verdict.reason())
                .with("seconds", pause.toMillis() / 1000.0);
        if (counts) {
            metrics.failed(handler.type());
            line.because(failure).write(LOG, Level.WARN);
        } else {
            metrics.outage(handler.type());
            line.write(LOG, outages);
        }
        return Optional.of(pause);
    }

    /**
     * Ends the job as failed.
     *
     * @param failures to add to those before
     * @param reason for operators
     * @param told for the owner of its subject
     */
    private Optional<Duration> giveUp(JobHandler handler, Job job, int failures, String reason, JobFailure told)
            throws InterruptedException, SQLException {
        boolean ours;
        try {
            ours = transactions.once(transaction -> {
                boolean ended = table.giveUp(transaction, job, reason, failures);
                if (ended) {
                    handler.giveUp(transaction, job, told);
                }
                return ended;
            });
        } catch (SQLException | RuntimeException notWritten) {
            // However often that is: nobody would know of the job's end otherwise.
            return retry(handler, job, Verdict.of(notWritten), notWritten);
        }
        if (!ours) {
            return superseded(handler, job);
        }
        metrics.gaveUp(handler.type());
        describe(LogLine.of("job-given-up"), handler, job)
                .with("reason", reason)
                .write(LOG, Level.WARN);
        return Optional.empty();
    }

    /** Another worker took this attempt for dead, or it was given back, or its end was committed without our being told. */
    private Optional<Duration> superseded(JobHandler handler, Job job) throws InterruptedException, SQLException {
        if (!stopping) {
            transactions.retried(transaction -> table.survived(transaction, job));
        }
        describe(LogLine.of("job-superseded"), handler, job).write(LOG, Level.INFO);
        return Optional.empty();
    }

    private static LogLine describe(LogLine line, JobHandler handler, Job job) {
        return line.with("jobId", job.id())
                .with("type", handler.type().code())
                .with("subject", job.subject())
                .with("attempt", job.attempt());
    }

    /** Starts no more attempts. */
    void stop() {
        stopping = true;
    }

    private void giveBack(Job job) throws SQLException {
        transactions.once(transaction -> table.giveBack(transaction, job, attempts.isStuck(job)));
    }

    /**
     * Gives back all that is under way, so that others can start it at once; what it still does has no effect.
     *
     * @param worker the name under which this program has its jobs
     * @return how many
     */
    int giveBackAll(String worker) throws SQLException {
        return transactions.once(transaction -> {
            int given = 0;
            for (Job job : attempts.all()) {
                given += table.giveBack(transaction, job, attempts.isStuck(job)) ? 1 : 0;
            }
            table.release(transaction, worker);
            return given;
        });
    }
}
