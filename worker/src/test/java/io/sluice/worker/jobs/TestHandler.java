package io.sluice.worker.jobs;

import io.sluice.contract.JobType;
import io.sluice.settings.Feature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A handler whose result is a row of {@code results}, as is its giving up; what it does before is the test's. */
record TestHandler(Work work) implements JobHandler {

    /** Does it. */
    interface Work {
        void of(Job job) throws Exception;
    }

    @Override
    public JobType type() {
        return JobType.IMAGE_ANALYSIS;
    }

    @Override
    public Feature feature() {
        return Feature.TASKS;
    }

    @Override
    public JobResult run(Job job) throws Exception {
        work.of(job);
        return transaction -> insert(transaction, job, "attempt " + job.attempt());
    }

    @Override
    public void giveUp(Connection transaction, Job job, JobFailure failure) throws SQLException {
        insert(transaction, job, failure.sentence());
    }

    private static void insert(Connection transaction, Job job, String text) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("insert into results values (?, ?)")) {
            insert.setObject(1, job.subject());
            insert.setString(2, text);
            insert.executeUpdate();
        }
    }
}
