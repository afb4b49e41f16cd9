package io.sluice.api.images;

import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code images}.
 *
 * @param seq orders images that were made at the same time
 * @param content where its bytes are
 * @param status one of the {@link #STATUSES}: of its last analysis
 * @param reason why that failed, or {@code null}
 * @param objectCount number of its objects, or {@code null} if it was never analysed
 * @param analysedAt when it was, or {@code null}
 * @param overlay picture with the objects drawn in, a PNG, or {@code null} until it is analysed
 * @param mask picture that is white where there are objects, a PNG, or {@code null} until it is analysed
 * @param requestedDetector name of the {@link DetectorName} that its last analysis was ordered with, or {@code null}
 */
record Image(
        UUID id,
        long seq,
        StoredObject content,
        ImageFormat format,
        int width,
        int height,
        String status,
        @Nullable String reason,
        @Nullable Long objectCount,
        long version,
        Instant createdAt,
        @Nullable Instant analysedAt,
        @Nullable StoredObject overlay,
        @Nullable StoredObject mask,
        @Nullable String requestedDetector) {

    /** Columns that {@link #of} reads; also behind {@code returning}. */
    static final String COLUMNS =
            """
            id, seq, storage_key, bytes, sha256, format, width, height, status, reason, version, created_at, analysed_at,
            overlay_key, overlay_bytes, overlay_sha256, mask_key, mask_bytes, mask_sha256, requested_detector,
            (select count(*) from image_objects where image_id = images.id) as object_count""";

    private static final String DONE = "done";
    private static final String FAILED = "failed";

    /** All that {@code status} can be. */
    static final List<String> STATUSES = List.of("queued", "running", DONE, FAILED);

    static Image of(ResultSet row) throws SQLException {
        boolean analysed = row.getObject("analysed_at") != null;
        return new Image(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                new StoredObject(
                        new StorageKey(row.getString("storage_key")), row.getLong("bytes"), row.getBytes("sha256")),
                ImageFormat.of(row.getString("format")),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("status"),
                row.getString("reason"),
                analysed ? row.getLong("object_count") : null,
                row.getLong("version"),
                Sql.instant(row, "created_at"),
                analysed ? Sql.instant(row, "analysed_at") : null,
                picture(row, "overlay"),
                picture(row, "mask"),
                row.getString("requested_detector"));
    }

    private static @Nullable StoredObject picture(ResultSet row, String name) throws SQLException {
        String key = row.getString(name + "_key");
        return key == null
                ? null
                : new StoredObject(new StorageKey(key), row.getLong(name + "_bytes"), row.getBytes(name + "_sha256"));
    }

    /** True if it was once analysed, whatever has become of another analysis since. */
    boolean isAnalysed() {
        return analysedAt != null;
    }

    /** True if its last analysis failed. */
    boolean isFailed() {
        return status.equals(FAILED);
    }

    /** True if its last analysis ended with success. */
    boolean isDone() {
        return status.equals(DONE);
    }

    /** True if its last analysis has ended, one way or the other. */
    boolean isSettled() {
        return isDone() || isFailed();
    }

    /** True if an analysis is under way that does what is asked for: by this detector, or by any if that is {@code null}. */
    boolean isBeingAnalysed(@Nullable DetectorName detector) {
        return !isSettled() && (detector == null || detector.toString().equals(requestedDetector));
    }

    /** Its place in a list. */
    Cursor place() {
        return new Cursor(createdAt, seq);
    }
}
