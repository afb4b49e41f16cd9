package io.sluice.api.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Caller;
import io.sluice.api.jobs.Jobs;
import io.sluice.api.outbox.Outbox;
import io.sluice.contract.EventId;
import io.sluice.contract.JobType;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.storage.StoredObject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of images, each made together with its job and its event. Plain SQL, for the same bytes that come at once must not fail the
 * transaction. Every method blocks, and throws {@link DatabaseUnavailableException}.
 */
@Singleton
class ImageStore {

    private static final String UPLOADED = "image.uploaded";
    private static final String DELETED = "image.deleted";

    private static final String FIND = "select " + Image.COLUMNS + " from images where owner = ? and sha256 = ?";

    private static final String INSERT =
            """
            insert into images (id, owner, sha256, storage_key, bytes, format, width, height, job_id, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (owner, sha256) do nothing
            returning\s"""
                    + Image.COLUMNS;

    private static final String FIND_LOCKED = FIND + " for update";

    private static final String FIND_LOCKED_BY_ID =
            "select " + Image.COLUMNS + " from images where id = ? and owner = ? for update";

    private static final String DELETE = "delete from images where id = ? returning id";

    private static final String REPLACE_CONTENT = "update images set storage_key = ? where id = ? returning id";

    private static final String QUEUE =
            """
            update images set status = 'queued', reason = null, job_id = ?, requested_detector = ?, version = version + 1
             where id = ?
            returning\s"""
                    + Image.COLUMNS;

    private final Sql sql;
    private final Jobs jobs;
    private final Outbox outbox;
    private final Clock clock;

    ImageStore(Sql sql, Jobs jobs, Outbox outbox, Clock clock) {
        this.sql = sql;
        this.jobs = jobs;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Finds the owner's image of these bytes. */
    Optional<Image> find(String owner, byte[] sha256) {
        return sql.query(FIND, List.of(owner, sha256), ImageStore::first);
    }

    /**
     * Makes an image of bytes that are in storage, and orders its analysis.
     *
     * @return empty if the caller has an image of these bytes already; then nothing was changed
     * @throws ProblemException if so many jobs or events wait that no more may
     */
    Optional<Image> create(Caller caller, StoredObject content, ImageHeader header) {
        return sql.inTransactionUnlessEmpty(transaction -> create(transaction, caller, content, header));
    }

    private Optional<Image> create(Connection transaction, Caller caller, StoredObject content, ImageHeader header)
            throws SQLException {
        UUID id = EventId.next();
        UUID job = jobs.add(transaction, JobType.IMAGE_ANALYSIS, id, caller.traceparent());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Image> made = Sql.query(
                transaction,
                INSERT,
                List.of(
                        id,
                        caller.name(),
                        content.sha256(),
                        content.key().value(),
                        content.size(),
                        header.format().toString(),
                        header.width(),
                        header.height(),
                        job,
                        now),
                ImageStore::first);
        if (made.isPresent()) {
            Image image = made.get();
            addEvent(transaction, UPLOADED, caller, id, image.version(), image.status());
        }
        return made;
    }

    private void addEvent(Connection transaction, String type, Caller caller, UUID image, long version, String status)
            throws SQLException {
        String payload = "{\"imageId\":\"%s\",\"version\":%d,\"status\":\"%s\"}".formatted(image, version, status);
        outbox.add(
                transaction,
                new FeatureEvent(type, image, caller.name(), caller.traceparent(), payload.getBytes(UTF_8)));
    }

    /** Orders another analysis of an image whose last one failed; of another it gives what it is. Empty if it is gone. */
    Optional<Image> retryIfFailed(Caller caller, byte[] sha256) {
        return sql.inTransaction(transaction -> {
            Optional<Image> found =
                    Sql.query(transaction, FIND_LOCKED, List.of(caller.name(), sha256), ImageStore::first);
            if (found.isEmpty() || !found.get().isFailed()) {
                return found;
            }
            return queue(transaction, caller, found.get().id(), null);
        });
    }

    /**
     * Orders another analysis, unless one is under way by the detector that is asked for; one by another has no effect any more.
     *
     * @param detector what is to find the objects, or {@code null} for what the worker is configured to
     * @return the image as it is then; empty if the caller has no such image
     * @throws ProblemException if so many jobs wait that no more may
     */
    Optional<Image> analyse(Caller caller, UUID id, @Nullable DetectorName detector) {
        return sql.inTransaction(transaction -> {
            Optional<Image> found =
                    Sql.query(transaction, FIND_LOCKED_BY_ID, List.of(id, caller.name()), ImageStore::first);
            return found.isEmpty() || found.get().isBeingAnalysed(detector)
                    ? found
                    : queue(transaction, caller, id, detector);
        });
    }

    /**
     * Gives an image other bytes, equal to those that storage has lost, and orders another analysis.
     *
     * @param image as it was when they were found to be lost
     * @return empty if it is gone or has other bytes by now; then nothing was changed
     * @throws ProblemException if so many jobs wait that no more may
     */
    Optional<Image> replaceContent(Caller caller, Image image, StoredObject content) {
        return sql.inTransaction(transaction -> {
            Optional<Image> found =
                    Sql.query(transaction, FIND_LOCKED_BY_ID, List.of(image.id(), caller.name()), ImageStore::first);
            if (found.isEmpty()
                    || !found.get().content().key().equals(image.content().key())) {
                return Optional.empty();
            }
            Sql.query(transaction, REPLACE_CONTENT, List.of(content.key().value(), image.id()), ResultSet::next);
            return queue(transaction, caller, image.id(), null);
        });
    }

    private Optional<Image> queue(Connection transaction, Caller caller, UUID id, @Nullable DetectorName detector)
            throws SQLException {
        UUID job = jobs.add(transaction, JobType.IMAGE_ANALYSIS, id, caller.traceparent());
        String name = detector == null ? null : detector.toString();
        return Sql.query(transaction, QUEUE, Arrays.asList(job, name, id), ImageStore::first);
    }

    /** Deletes an image and its objects, and gives what it was: its bytes are still in storage. Empty if the caller has no such image. */
    Optional<Image> delete(Caller caller, UUID id) {
        return sql.inTransaction(transaction -> {
            Optional<Image> found =
                    Sql.query(transaction, FIND_LOCKED_BY_ID, List.of(id, caller.name()), ImageStore::first);
            if (found.isPresent()) {
                Sql.query(transaction, DELETE, List.of(id), ResultSet::next);
                addEvent(transaction, DELETED, caller, id, found.get().version() + 1, "deleted");
            }
            return found;
        });
    }

    private static Optional<Image> first(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(Image.of(rows)) : Optional.empty();
    }
}
