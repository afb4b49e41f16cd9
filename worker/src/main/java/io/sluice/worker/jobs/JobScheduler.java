package io.sluice.worker.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Finds jobs that are due, by db-scheduler: this program's turn at one is a row of the library's, with a heartbeat. It decides nothing;
 * whether an attempt may be made, and whether its end counts, is decided by {@link JobTable}.
 */
final class JobScheduler {

    /** More do not fit into the memory of a pod, nor is there a processor for them. */
    static final int THREADS = 2;

    /** A job that is ordered begins within this time, if a thread is free; a query each. */
    private static final Duration POLL = Duration.ofMillis(200);

    /** Worker whose heartbeat is this old is gone: after 10 s, found within the 4 s between two looks. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final int MISSED_HEARTBEATS = 5;

    /** Pause after a failure to tell PostgreSQL what became of an attempt. */
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);

    /** Never: the library would delete jobs of features that are disabled here, or come with a later version. */
    private static final Duration DELETE_UNKNOWN_AFTER = Duration.ofDays(36_500);

    /** Twice; threads are interrupted between. What they were at is given back before. */
    private static final Duration STOP = Duration.ofMillis(500);

    private final JobRunner runner;
    private final Attempts attempts;
    private final DatabaseClock clock;
    private final String worker;
    private final Scheduler scheduler;

    /**
     * Does nothing yet.
     *
     * @param worker name of this program, of at most 50 characters; no other process ever has it
     */
    JobScheduler(
            DataSource pool,
            List<JobHandler> handlers,
            List<RecurringJob> recurring,
            JobRunner runner,
            Attempts attempts,
            DatabaseClock clock,
            String worker) {
        this.runner = runner;
        this.attempts = attempts;
        this.clock = clock;
        this.worker = worker;
        List<Task<?>> tasks = Stream.concat(
                        handlers.stream().<Task<?>>map(this::task),
                        recurring.stream().map(JobScheduler::recurringTask))
                .toList();
        scheduler = Scheduler.create(pool, tasks)
                .schedulerName(new SchedulerName.Fixed(worker))
                .clock(clock)
                // Not detected, for which PostgreSQL would have to answer now.
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .threads(THREADS)
                // Takes no more than it has threads for: what waits in its memory would be nobody else's.
                .pollUsingLockAndFetch(0.5, 1)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(DELETE_UNKNOWN_AFTER)
                .shutdownMaxWait(STOP)
                .build();
    }

    private Task<Void> task(JobHandler handler) {
        return Tasks.custom(handler.type().code(), Void.class)
                .onDeadExecution(this::takeOver)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.now().plus(AFTER_FAULT)))
                .execute((instance, context) -> run(handler, UUID.fromString(instance.getId())));
    }

    /** Its row is made by {@link JobTable#schedule}: the library would end the start where that fails. */
    private static Task<?> recurringTask(RecurringJob job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.interval()))
                .doNotScheduleOnStartup()
                .execute((instance, context) -> {
                    try {
                        job.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private CompletionHandler<Void> run(JobHandler handler, UUID id) {
        try {
            Optional<Duration> pause = runner.run(handler, id);
            return (complete, operations) -> {
                if (pause.isPresent()) {
                    operations.reschedule(complete, clock.now().plus(pause.get()));
                } else {
                    operations.remove();
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a job due whose worker is gone. PostgreSQL may have been, and the worker be this one: then its heartbeat goes on. */
    private void takeOver(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        if (!attempts.contains(
                UUID.fromString(complete.getExecution().taskInstance.getId()))) {
            operations.reschedule(complete, clock.now());
        }
    }

    void start() {
        scheduler.start();
    }

    /**
     * Takes no more jobs, gives back those that are under way, and ends its threads, within some seconds.
     *
     * @return how many were given back
     * @throws SQLException if none were, since PostgreSQL is away; they are taken for dead later
     */
    int stop() throws SQLException {
        runner.stop();
        scheduler.pause();
        try {
            return runner.giveBackAll(worker);
        } finally {
            scheduler.stop();
        }
    }
}
