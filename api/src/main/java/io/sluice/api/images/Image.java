package io.sluice.api.images;

import io.sluice.api.database.Sql;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code images}.
 *
 * @param content where its bytes are
 * @param status {@code queued}, {@code running}, {@code done} or {@code failed}: of its last analysis
 * @param reason why that failed, or {@code null}
 */
record Image(
        UUID id,
        StoredObject content,
        ImageFormat format,
        int width,
        int height,
        String status,
        @Nullable String reason,
        long version,
        Instant createdAt) {

    /** What {@link #of} reads. */
    static final String COLUMNS =
            "id, storage_key, bytes, sha256, format, width, height, status, reason, version, created_at";

    private static final String FAILED = "failed";

    static Image of(ResultSet row) throws SQLException {
        return new Image(
                row.getObject("id", UUID.class),
                new StoredObject(
                        new StorageKey(row.getString("storage_key")), row.getLong("bytes"), row.getBytes("sha256")),
                ImageFormat.of(row.getString("format")),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("status"),
                row.getString("reason"),
                row.getLong("version"),
                Sql.instant(row, "created_at"));
    }

    /** True if its last analysis failed. */
    boolean isFailed() {
        return status.equals(FAILED);
    }
}
