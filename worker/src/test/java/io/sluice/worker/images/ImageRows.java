package io.sluice.worker.images;

import io.sluice.contract.JobType;
import io.sluice.storage.StoredObject;
import io.sluice.worker.Rows;
import io.sluice.worker.jobs.Job;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Images and their jobs, as the api writes them and as a test sees them. */
public record ImageRows(Rows rows) {

    public ImageRows(DataSource pool) {
        this(new Rows(pool));
    }

    /** Adds an image, and a job that no worker finds. */
    public Job add(String owner, StoredObject content) throws SQLException {
        Job job = new Job(UUID.randomUUID(), UUID.randomUUID(), 1, null);
        execute(
                """
                insert into images (id, owner, sha256, storage_key, bytes, format, width, height, job_id, created_at)
                values (?, ?, ?, ?, ?, 'jpeg', 300, 200, ?, clock_timestamp())""",
                job.subject(),
                owner,
                content.sha256(),
                content.key().value(),
                content.size(),
                job.id());
        addJob(job);
        return job;
    }

    /** Orders another analysis. */
    Job again(Job job) throws SQLException {
        Job next = new Job(UUID.randomUUID(), job.subject(), 1, null);
        execute(
                "update images set status = 'queued', reason = null, job_id = ?, version = version + 1 where id = ?",
                next.id(),
                next.subject());
        addJob(next);
        return next;
    }

    /** Asks for a detector, before the job is scheduled. */
    void request(Job job, String detector) throws SQLException {
        execute("update images set requested_detector = ? where id = ?", detector, job.subject());
    }

    private void addJob(Job job) throws SQLException {
        execute(
                "insert into jobs (id, type, subject) values (?, ?, ?)",
                job.id(),
                JobType.IMAGE_ANALYSIS.code(),
                job.subject());
    }

    /** Lets workers find the job. */
    void schedule(Job job) throws SQLException {
        execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values (?, ?, clock_timestamp(), false, 1)""",
                JobType.IMAGE_ANALYSIS.code(),
                job.id().toString());
    }

    public void delete(Job job) throws SQLException {
        execute("delete from images where id = ?", job.subject());
    }

    /** Status and version, and the reason if there is one. */
    String state(Job job) throws SQLException {
        return texts(job, "select concat_ws(' ', status, version, reason) from images where id = ?")
                .get(0);
    }

    /** The events about the image that wait to be published: type and payload. */
    List<String> events(Job job) throws SQLException {
        return rows.events(job.subject());
    }

    /** Box and circle of each object, the largest first. */
    List<String> objects(Job job) throws SQLException {
        return texts(
                job,
                """
                select concat_ws(' ', box_x, box_y, box_width, box_height, centroid_x, centroid_y, radius)
                  from image_objects where image_id = ? order by radius desc""");
    }

    /** The first column of each row. */
    List<String> texts(Job job, String query) throws SQLException {
        return rows.texts(query, job.subject());
    }

    private void execute(String sql, Object... parameters) throws SQLException {
        rows.execute(sql, parameters);
    }
}
