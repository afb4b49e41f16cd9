package io.sluice.api.jobs;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.EventId;
import io.sluice.contract.JobType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders jobs in the transaction that changes the feature's rows: both are committed, or neither. The worker does them. */
@ApplicationScoped
public class Jobs {

    /**
     * A row of ours and one of db-scheduler, which the worker finds it by. Not the library's own insert, which catches a duplicate and so
     * leaves an aborted transaction; no id is used twice.
     */
    private static final String INSERT =
            """
            with job as (insert into jobs (id, type, subject, traceparent) values (?, ?, ?, ?) returning type, id)
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            select type, id, clock_timestamp(), false, 1 from job""";

    private final JobBacklog backlog;

    Jobs(JobBacklog backlog) {
        this.backlog = backlog;
    }

    /**
     * Orders a job; blocks.
     *
     * @param subject the thing to work on, whose row this transaction has made or locked
     * @param traceparent of the request that orders it, or {@code null}
     * @return the job's id
     * @throws ProblemException {@link ProblemCode#OVERLOADED} where so many jobs wait that no more may; the transaction has to be rolled
     *     back
     */
    public UUID add(Connection transaction, JobType type, UUID subject, @Nullable String traceparent)
            throws SQLException {
        backlog.check(transaction);
        UUID id = EventId.next();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setObject(1, id);
            insert.setString(2, type.code());
            insert.setObject(3, subject);
            insert.setString(4, traceparent);
            insert.executeUpdate();
        }
        return id;
    }
}
