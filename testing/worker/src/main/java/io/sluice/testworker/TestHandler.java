package io.sluice.testworker;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.JobType;
import io.sluice.settings.Feature;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import io.sluice.worker.jobs.JobHandler;
import io.sluice.worker.jobs.JobResult;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Does what the table {@code test_jobs (subject, work)} says of a subject: {@code sleep} for a second, {@code wait} until the row says
 * something else, or {@code die} with the whole process. Its results are rows of {@code test_results (subject, attempt, result)}.
 */
@Singleton
class TestHandler implements JobHandler {

    private static final int KILLED = 137;

    private final AgroalDataSource pool;

    TestHandler(AgroalDataSource pool) {
        this.pool = pool;
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
        switch (work(job.subject())) {
            case "die" -> Runtime.getRuntime().halt(KILLED);
            case "wait" -> {
                while (work(job.subject()).equals("wait")) {
                    Thread.sleep(50);
                }
            }
            case "sleep" -> Thread.sleep(1_000);
            default -> {
                // Nothing, quickly.
            }
        }
        return transaction -> insert(transaction, job, "done");
    }

    private String work(UUID subject) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select work from test_jobs where subject = ?")) {
            select.setObject(1, subject);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    @Override
    public void giveUp(Connection transaction, Job job, JobFailure failure) throws SQLException {
        insert(transaction, job, failure.sentence());
    }

    private static void insert(Connection transaction, Job job, String result) throws SQLException {
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into test_results (subject, attempt, result) values (?, ?, ?)")) {
            insert.setObject(1, job.subject());
            insert.setInt(2, job.attempt());
            insert.setString(3, result);
            insert.executeUpdate();
        }
    }
}
