package io.sluice.worker.jobs;

import io.sluice.contract.JobType;
import io.sluice.settings.Feature;
import java.sql.Connection;
import java.sql.SQLException;

/** Work of a feature: a bean for each type of job. Called by several threads at once. */
public interface JobHandler {

    /** Type of its jobs. */
    JobType type();

    /** The feature; while it is disabled its jobs wait. */
    Feature feature();

    /**
     * Does the work. An attempt may be made while another one, of a worker that was thought to be gone, still goes on, and after one that
     * died anywhere: bytes are stored under keys of the attempt, and what is true is decided by the result alone. The thread is interrupted
     * when the program stops.
     *
     * @throws PermanentJobException if no retry can help; the job is given up at once
     * @throws SuspectJobException if the subject may be at fault, or what is under way beside it; a failure, of which the owner is told so
     * @throws OutageException if something that is needed is away; retried for as long as that takes
     * @throws Exception otherwise; retried with backoff, and given up after {@value JobRunner#MAX_FAILURES} failures. A failure of the
     *     connection to PostgreSQL is an outage without being told
     */
    JobResult run(Job job) throws Exception;

    /**
     * Writes that the job is given up, in the transaction that ends it.
     *
     * @param failure what the owner of the subject is told
     */
    void giveUp(Connection transaction, Job job, JobFailure failure) throws SQLException;
}
