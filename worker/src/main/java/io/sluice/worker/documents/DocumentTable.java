package io.sluice.worker.documents;

import io.sluice.documents.DocumentType;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code documents}. Each change names the job, and has no effect once the document is deleted or another job of it was ordered.
 * The transaction is the caller's.
 */
final class DocumentTable {

    private static final String BEGIN =
            """
            update documents set status = 'running', version = version + case status when 'running' then 0 else 1 end, updated_at = ?
             where id = ? and job_id = ? and status in ('queued', 'running')
            returning owner, storage_key, bytes, sha256, media_type""";

    private static final String LOCK = "select owner from documents where id = ? and job_id = ? for no key update";

    private static final String FINISH =
            """
            update documents set status = 'ready', reason_code = null, reason = null, version = version + 1, pages = ?, passage_count = ?,
                                 lexeme_count = ?, updated_at = ?, ready_at = ?
             where id = ? and job_id = ?
            returning owner, version""";

    private static final String FAIL =
            """
            update documents set status = 'failed', reason_code = ?, reason = ?, version = version + 1, updated_at = ?
             where id = ? and job_id = ?
            returning owner, version""";

    /**
     * A document that is to be read.
     *
     * @param content where its bytes are
     */
    record Pending(String owner, StoredObject content, DocumentType type) {}

    /**
     * A document after its change.
     *
     * @param version of the document, and of the change's event
     */
    record Changed(String owner, long version) {}

    /** Sets the document to running, if it is not; empty if the job has nothing to do any more. */
    Optional<Pending> begin(Connection transaction, Job job, Instant now) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(BEGIN)) {
            set(update, time(now), job.subject(), job.id());
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(new Pending(
                                row.getString("owner"),
                                new StoredObject(
                                        new StorageKey(row.getString("storage_key")),
                                        row.getLong("bytes"),
                                        row.getBytes("sha256")),
                                DocumentType.of(row.getString("media_type"), new byte[0])
                                        .orElseThrow()))
                        : Optional.empty();
            }
        }
    }

    /** Locks the document until the transaction ends; false if the job's result has no effect any more. */
    boolean lock(Connection transaction, Job job) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(LOCK)) {
            set(select, job.subject(), job.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Sets the document to ready, so that its passages are found.
     *
     * @param pages number of its pages, or {@code null} if it has none
     */
    Optional<Changed> finish(
            Connection transaction, Job job, @Nullable Integer pages, int passages, long lexemes, Instant now)
            throws SQLException {
        return change(transaction, FINISH, pages, passages, lexemes, time(now), time(now), job.subject(), job.id());
    }

    /** Sets the document to failed. */
    Optional<Changed> fail(Connection transaction, Job job, JobFailure failure, Instant now) throws SQLException {
        return change(transaction, FAIL, failure.code(), failure.sentence(), time(now), job.subject(), job.id());
    }

    private static Optional<Changed> change(Connection transaction, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            set(update, parameters);
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(new Changed(row.getString("owner"), row.getLong("version")))
                        : Optional.empty();
            }
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
