package io.sluice.worker.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code jobs}. Each change but the start names the attempt, and has no effect once the job has ended or another attempt was
 * started. The transaction is the caller's.
 */
final class JobTable {

    /** Number up to which jobs that wait are counted: more than the api lets wait. */
    private static final int MAX_COUNTED = 100_000;

    private static final String START =
            """
            with before as (select id, state from jobs where id = ? and finished_at is null for update)
            update jobs set state = 'running', attempt = attempt + 1, started_at = clock_timestamp(),
                            deaths = deaths + case before.state when 'running' then 1 else 0 end
              from before where jobs.id = before.id
            returning subject, attempt, traceparent, failures, deaths, before.state = 'running' as died""";

    private static final String IS_SUSPECT =
            "select id from jobs where id = ? and (deaths > 0 or failures > 0 or state = 'running') and finished_at is null";

    private static final String FINISH =
            """
            update jobs set state = 'done', reason = null, finished_at = clock_timestamp()
             where id = ? and attempt = ? and state = 'running'""";

    private static final String GIVE_UP =
            """
            update jobs set state = 'failed', reason = ?, failures = failures + ?, finished_at = clock_timestamp()
             where id = ? and attempt = ? and state = 'running'""";

    private static final String RETRY =
            """
            update jobs set state = 'queued', reason = ?, failures = failures + ?
             where id = ? and attempt = ? and state = 'running'""";

    private static final String GIVE_BACK =
            """
            update jobs set state = 'queued', deaths = deaths + ?
             where id = ? and attempt = ? and state = 'running'""";

    private static final String SURVIVED =
            "update jobs set deaths = deaths - 1 where id = ? and attempt > ? and deaths > 0 and finished_at is null";

    /** The rows by which workers find jobs, of all that this one has: due at once, and nobody's. */
    private static final String RELEASE =
            """
            update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,
                                       execution_time = clock_timestamp(), version = version + 1
             where picked_by = ?""";

    /** Due at once; the instance's name is the library's for tasks that have one. */
    private static final String SCHEDULE =
            """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            values (?, 'recurring', clock_timestamp(), false, 1)
            on conflict do nothing""";

    private static final String BACKLOG =
            """
            select type, clock_timestamp() as time,
                   (select count(*)
                      from (select from jobs where jobs.type = types.type and finished_at is null and state = 'queued' limit ?)
                        as queued) as waiting,
                   coalesce((select extract(epoch from clock_timestamp() - min(created_at))
                               from jobs where jobs.type = types.type and finished_at is null), 0) as oldest_seconds
              from unnest(?::text[]) as types (type)""";

    /**
     * A start.
     *
     * @param failures attempts before it that failed by the job's own fault
     * @param deaths attempts before it that were started and never ended
     * @param died true if the one just before it is such a one
     */
    record Start(Job job, int failures, int deaths, boolean died) {}

    /** True for a job that a worker died at, which may be what it died of, or that has failed, perhaps for want of what another job took. */
    boolean isSuspect(Connection transaction, UUID id) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(IS_SUSPECT)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Starts an attempt; empty if the job has ended, or is gone. */
    Optional<Start> start(Connection transaction, UUID id) throws SQLException {
        try (PreparedStatement start = transaction.prepareStatement(START)) {
            start.setObject(1, id);
            try (ResultSet row = start.executeQuery()) {
                return row.next() ? Optional.of(start(id, row)) : Optional.empty();
            }
        }
    }

    private static Start start(UUID id, ResultSet row) throws SQLException {
        Job job =
                new Job(id, row.getObject("subject", UUID.class), row.getInt("attempt"), row.getString("traceparent"));
        return new Start(job, row.getInt("failures"), row.getInt("deaths"), row.getBoolean("died"));
    }

    /** Ends the job as done; false if it is not this attempt's to end. */
    boolean finish(Connection transaction, Job job) throws SQLException {
        return changes(transaction, FINISH, job.id(), job.attempt());
    }

    /** Ends the job as failed; false as above. */
    boolean giveUp(Connection transaction, Job job, String reason, int failures) throws SQLException {
        return changes(transaction, GIVE_UP, reason, failures, job.id(), job.attempt());
    }

    /** Lets the job wait for another attempt; false as above. */
    boolean retry(Connection transaction, Job job, String reason, int failures) throws SQLException {
        return changes(transaction, RETRY, reason, failures, job.id(), job.attempt());
    }

    /** The same for one that was not ended because the program stops; counted as a death if it had held up the program. */
    boolean giveBack(Connection transaction, Job job, boolean stuck) throws SQLException {
        return changes(transaction, GIVE_BACK, stuck ? 1 : 0, job.id(), job.attempt());
    }

    /** An attempt that was taken for dead was not: it has ended, without effect, and counts no more; false if it had not. */
    boolean survived(Connection transaction, Job job) throws SQLException {
        return changes(transaction, SURVIVED, job.id(), job.attempt());
    }

    /** Releases what this worker has. */
    void release(Connection transaction, String worker) throws SQLException {
        changes(transaction, RELEASE, worker);
    }

    /** Schedules a recurring job for the first time; nothing if it is. */
    void schedule(Connection transaction, RecurringJob job) throws SQLException {
        changes(transaction, SCHEDULE, job.name());
    }

    private static boolean changes(Connection transaction, String update, Object... parameters) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(update)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate() > 0;
        }
    }

    /**
     * Jobs of a type that are not finished.
     *
     * @param time by PostgreSQL's clock
     * @param waiting number of those that no worker has, up to {@value #MAX_COUNTED}
     * @param oldestSeconds age of the oldest, in seconds, those under way included; 0 if there is none
     */
    record Backlog(String type, Instant time, long waiting, double oldestSeconds) {}

    /** The backlog of each type. */
    List<Backlog> backlog(Connection transaction, Collection<String> types) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(BACKLOG)) {
            select.setInt(1, MAX_COUNTED);
            select.setArray(2, transaction.createArrayOf("text", types.toArray()));
            try (ResultSet row = select.executeQuery()) {
                List<Backlog> backlog = new ArrayList<>();
                while (row.next()) {
                    backlog.add(new Backlog(
                            row.getString("type"),
                            row.getObject("time", OffsetDateTime.class).toInstant(),
                            row.getLong("waiting"),
                            row.getDouble("oldest_seconds")));
                }
                return backlog;
            }
        }
    }
}
