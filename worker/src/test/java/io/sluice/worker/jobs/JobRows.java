package io.sluice.worker.jobs;

import io.sluice.contract.JobType;
import io.sluice.worker.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The tables of jobs, as the api writes them and as a test sees them, and the results of {@link TestHandler}. */
record JobRows(Rows rows) {

    JobRows(DataSource pool) {
        this(new Rows(pool));
    }

    void empty() throws SQLException {
        execute("drop table if exists results");
        execute("create table results (subject uuid, text text)");
        execute("delete from jobs");
        execute("delete from scheduled_tasks");
    }

    /** Orders a job whose subject has its own id. */
    UUID add() throws SQLException {
        UUID id = UUID.randomUUID();
        execute("insert into jobs (id, type, subject) values ('%1$s', '%2$s', '%1$s')"
                .formatted(id, JobType.IMAGE_ANALYSIS.code()));
        execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values ('%s', '%s', clock_timestamp(), false, 1)"""
                        .formatted(JobType.IMAGE_ANALYSIS.code(), id));
        return id;
    }

    /** State, attempt, failures, deaths, and the reason if there is one. */
    String state(UUID id) throws SQLException {
        return texts("select concat_ws(' ', state, attempt, failures, deaths, reason) from jobs where id = '%s'"
                        .formatted(id))
                .get(0);
    }

    List<String> results(UUID id) throws SQLException {
        return texts("select text from results where subject = '%s'".formatted(id));
    }

    List<String> texts(String query) throws SQLException {
        return rows.texts(query);
    }

    void execute(String sql) throws SQLException {
        rows.execute(sql);
    }
}
