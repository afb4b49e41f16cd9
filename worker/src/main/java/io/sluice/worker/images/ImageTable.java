package io.sluice.worker.images;

import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import io.sluice.worker.jobs.Job;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code images} and {@code image_objects}. Each change names the job, and has no effect once the image is deleted or another
 * analysis of it was ordered. The transaction is the caller's.
 */
final class ImageTable {

    private static final String BEGIN =
            """
            update images set status = 'running', version = version + case status when 'running' then 0 else 1 end
             where id = ? and job_id = ? and status in ('queued', 'running')
            returning owner, storage_key, bytes, sha256, requested_detector""";

    private static final String FINISH =
            """
            with before as (select id, overlay_key, mask_key from images where id = ? and job_id = ? for update)
            update images set status = 'done', reason = null, version = version + 1, width = ?, height = ?,
                              detector = ?, detector_version = ?, overlay_key = ?, overlay_bytes = ?, overlay_sha256 = ?,
                              mask_key = ?, mask_bytes = ?, mask_sha256 = ?, analysed_at = ?
              from before where images.id = before.id
            returning owner, version, array_remove(array[before.overlay_key, before.mask_key], null) as replaced""";

    private static final String FAIL =
            """
            update images set status = 'failed', reason = ?, version = version + 1 where id = ? and job_id = ?
            returning owner, version, array[]::text[] as replaced""";

    private static final String DELETE_OBJECTS = "delete from image_objects where image_id = ?";

    private static final String INSERT_OBJECTS =
            """
            insert into image_objects (image_id, number, box_x, box_y, box_width, box_height,
                                       centroid_x, centroid_y, radius, area, score)
            select ?, object.*
              from unnest(?::int[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                          ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[]) as object""";

    private static final List<ToDoubleFunction<DetectedObject>> COLUMNS = List.of(
            object -> object.box().x(),
            object -> object.box().y(),
            object -> object.box().width(),
            object -> object.box().height(),
            object -> object.circle().x(),
            object -> object.circle().y(),
            object -> object.circle().radius(),
            DetectedObject::area,
            object -> object.circle().score());

    /**
     * An image that is to be analysed.
     *
     * @param content where its bytes are
     * @param detector name of the detector that is asked for, or {@code null}
     */
    record Pending(String owner, StoredObject content, @Nullable String detector) {}

    /**
     * Results of an analysis.
     *
     * @param width of the upright image, in pixels
     * @param height of the same
     */
    record Analysis(int width, int height, Detection detection, StoredObject overlay, StoredObject mask) {}

    /**
     * An image after its change.
     *
     * @param version of the image, and of the change's event
     * @param replaced pictures that it does not name any more
     */
    record Changed(String owner, long version, List<StorageKey> replaced) {

        private static Changed of(ResultSet row) throws SQLException {
            List<StorageKey> replaced = new ArrayList<>();
            try (ResultSet keys = row.getArray("replaced").getResultSet()) {
                while (keys.next()) {
                    // The first column is the index.
                    replaced.add(new StorageKey(keys.getString(2)));
                }
            }
            return new Changed(row.getString("owner"), row.getLong("version"), replaced);
        }
    }

    /** Sets the image to running, if it is not; empty if the job has nothing to do any more. */
    Optional<Pending> begin(Connection transaction, Job job) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(BEGIN)) {
            update.setObject(1, job.subject());
            update.setObject(2, job.id());
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? Optional.of(new Pending(
                                row.getString("owner"),
                                new StoredObject(
                                        new StorageKey(row.getString("storage_key")),
                                        row.getLong("bytes"),
                                        row.getBytes("sha256")),
                                row.getString("requested_detector")))
                        : Optional.empty();
            }
        }
    }

    /** Writes the results in place of those of an earlier analysis; empty if they have no effect. */
    Optional<Changed> finish(Connection transaction, Job job, Analysis analysis, Instant now) throws SQLException {
        Detection detection = analysis.detection();
        Optional<Changed> changed = change(
                transaction,
                FINISH,
                job.subject(),
                job.id(),
                analysis.width(),
                analysis.height(),
                detection.detector(),
                detection.version(),
                analysis.overlay().key().value(),
                analysis.overlay().size(),
                analysis.overlay().sha256(),
                analysis.mask().key().value(),
                analysis.mask().size(),
                analysis.mask().sha256(),
                OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        if (changed.isPresent()) {
            replaceObjects(transaction, job.subject(), detection.objects());
        }
        return changed;
    }

    /** Sets the image to failed; what an earlier analysis has found stays. Empty if that has no effect. */
    Optional<Changed> fail(Connection transaction, Job job, String reason) throws SQLException {
        return change(transaction, FAIL, reason, job.subject(), job.id());
    }

    private static Optional<Changed> change(Connection transaction, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? Optional.of(Changed.of(row)) : Optional.empty();
            }
        }
    }

    private static void replaceObjects(Connection transaction, UUID image, List<DetectedObject> objects)
            throws SQLException {
        try (PreparedStatement delete = transaction.prepareStatement(DELETE_OBJECTS);
                PreparedStatement insert = transaction.prepareStatement(INSERT_OBJECTS)) {
            delete.setObject(1, image);
            delete.executeUpdate();
            insert.setObject(1, image);
            Object[] numbers = new Object[objects.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i + 1;
            }
            insert.setArray(2, transaction.createArrayOf("int4", numbers));
            for (int i = 0; i < COLUMNS.size(); i++) {
                double[] values = objects.stream().mapToDouble(COLUMNS.get(i)).toArray();
                insert.setArray(i + 3, transaction.createArrayOf("float8", boxed(values)));
            }
            insert.executeUpdate();
        }
    }

    private static Object[] boxed(double[] values) {
        Object[] boxed = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
