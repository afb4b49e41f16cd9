package io.sluice.worker.jobs;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.JobType;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.runtime.start.LoopFault;
import io.sluice.settings.FeatureSettings;
import io.sluice.worker.jobs.JobTable.Backlog;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Does the jobs of the features that are enabled; without any it does nothing, and asks PostgreSQL for nothing. */
@Singleton
public class JobWorker {

    private static final Logger LOG = Logger.getLogger(JobWorker.class.getName());

    /** Longest name of a worker in db-scheduler's table. */
    private static final int MAX_NAME = 50;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** SQLSTATE of a right that was not granted. */
    private static final String MISSING_RIGHT = "42501";

    private final JobTable table = new JobTable();
    private final Attempts attempts;
    private final DatabaseClock clock = new DatabaseClock();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AgroalDataSource pool;
    private final List<JobHandler> handlers;
    private final List<RecurringJob> recurring;
    private final JobMetrics metrics;
    private final JobScheduler scheduler;

    /** Guarded by this. */
    private boolean started;

    JobWorker(
            AgroalDataSource pool,
            @All List<JobHandler> handlers,
            @All List<RecurringJob> recurring,
            FeatureSettings features,
            JobMetrics metrics,
            Attempts attempts,
            @ConfigProperty(name = "sluice.pod") String pod) {
        this.pool = pool;
        this.metrics = metrics;
        this.attempts = attempts;
        this.handlers = handlers.stream()
                .filter(handler -> features.isEnabled(handler.feature()))
                .sorted(Comparator.comparing(JobHandler::type))
                .toList();
        this.recurring = recurring.stream().filter(RecurringJob::isEnabled).toList();
        JobRunner runner = new JobRunner(pool, attempts, metrics);
        this.scheduler = new JobScheduler(pool, this.handlers, this.recurring, runner, attempts, clock, name(pod));
        metrics.show(attempts);
    }

    /** Name of this worker: for people the pod, and for PostgreSQL one that a process which is started again does not have. */
    private static String name(String pod) {
        String unique = "-" + UUID.randomUUID().toString().substring(0, 13);
        return pod.substring(0, Math.min(pod.length(), MAX_NAME - unique.length())) + unique;
    }

    void start(@Observes StartupEvent event) {
        LogLine.of("jobs-state").with("state", state()).write(LOG, Level.INFO);
        if (!handlers.isEmpty()) {
            Thread looks = new Thread(this::lookUntilStopped, "jobs-backlog");
            looks.setUncaughtExceptionHandler((ended, fault) -> LoopFault.endProgram(LOG, "jobs", fault));
            looks.start();
        }
    }

    private void lookUntilStopped() {
        try {
            do {
                look();
            } while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at what waits, and at the clock; jobs are begun when PostgreSQL has answered for the first time. */
    private void look() {
        try (Transaction transaction = Transaction.begin(pool)) {
            List<Backlog> backlogs = table.backlog(
                    transaction.connection(),
                    handlers.stream().map(handler -> handler.type().code()).toList());
            transaction.commit();
            for (Backlog backlog : backlogs) {
                clock.set(backlog.time());
                type(backlog).ifPresent(type -> metrics.backlog(type, backlog));
            }
            startScheduler();
        } catch (SQLException e) {
            // Health has the reason.
            LogLine.of("jobs-not-counted").because(e).write(LOG, Level.DEBUG);
        }
    }

    private synchronized void startScheduler() throws SQLException {
        if (!started && stopped.getCount() > 0) {
            scheduleRecurring();
            scheduler.start();
            started = true;
        }
    }

    private void scheduleRecurring() throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            for (RecurringJob job : recurring) {
                table.schedule(transaction.connection(), job);
            }
            transaction.commit();
        } catch (SQLException e) {
            if (!MISSING_RIGHT.equals(e.getSQLState())) {
                throw e;
            }
            // No reason to leave the other jobs undone.
            LogLine.of("recurring-jobs-not-scheduled")
                    .with("reason", FailureSummary.of(e))
                    .write(LOG, Level.WARN);
        }
    }

    private Optional<JobType> type(Backlog backlog) {
        return handlers.stream()
                .map(JobHandler::type)
                .filter(type -> type.code().equals(backlog.type()))
                .findAny();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        giveBack();
    }

    private synchronized void giveBack() {
        if (!started) {
            return;
        }
        try {
            LogLine.of("jobs-given-back").with("count", scheduler.stop()).write(LOG, Level.INFO);
        } catch (SQLException e) {
            LogLine.of("jobs-not-given-back")
                    .with("count", attempts.count())
                    .with("reason", FailureSummary.of(e))
                    .write(LOG, Level.WARN);
        }
    }

    /** The jobs that this program does, for people. */
    public String state() {
        return handlers.isEmpty()
                ? "idle: no feature that is enabled has jobs"
                : handlers.stream()
                        .map(handler -> handler.type().code())
                        .collect(Collectors.joining(", ", "does jobs of ", ""));
    }

    /** The job that hangs, for people; then only a restart helps. */
    public Optional<String> stuck() {
        return attempts.stuck().map(job -> "job %s, attempt %d, does not end".formatted(job.id(), job.attempt()));
    }
}
