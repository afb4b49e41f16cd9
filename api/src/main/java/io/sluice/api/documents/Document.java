package io.sluice.api.documents;

import io.sluice.api.database.Sql;
import io.sluice.api.http.headers.EntityTag;
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
 * A row of the table {@code documents}.
 *
 * @param seq orders documents that were made at the same time
 * @param content where its bytes are
 * @param status one of the {@link #STATUSES}
 * @param reasonCode why it could not be read, or {@code null}
 * @param reason the same in a sentence, or {@code null}
 * @param revision number of the bytes, one more with each replacement
 * @param pages number of its pages, or {@code null} until it is ready, and where it has none
 * @param passageCount number of its passages, or {@code null} until it is ready
 * @param readyAt when it became so, or {@code null}
 */
record Document(
        UUID id,
        long seq,
        String owner,
        Visibility visibility,
        String name,
        DocumentType type,
        StoredObject content,
        String status,
        @Nullable String reasonCode,
        @Nullable String reason,
        int revision,
        long version,
        @Nullable Integer pages,
        @Nullable Integer passageCount,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant readyAt) {

    /** Columns that {@link #of} reads; also behind {@code returning}. */
    static final String COLUMNS =
            """
            id, seq, owner, visibility, name, media_type, storage_key, bytes, sha256, status, reason_code, reason, revision, version,
            pages, passage_count, created_at, updated_at, ready_at""";

    static final String READY = "ready";
    private static final String FAILED = "failed";
    private static final String RUNNING = "running";

    /** All that {@code status} can be. */
    static final List<String> STATUSES = List.of("queued", RUNNING, READY, FAILED);

    static Document of(ResultSet row) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                row.getString("owner"),
                Visibility.of(row.getString("visibility")),
                row.getString("name"),
                DocumentType.of(row.getString("media_type")),
                new StoredObject(
                        new StorageKey(row.getString("storage_key")), row.getLong("bytes"), row.getBytes("sha256")),
                row.getString("status"),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getInt("revision"),
                row.getLong("version"),
                row.getObject("pages", Integer.class),
                row.getObject("passage_count", Integer.class),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                row.getObject("ready_at") == null ? null : Sql.instant(row, "ready_at"));
    }

    /** True if its passages can be read. */
    boolean isReady() {
        return status.equals(READY);
    }

    /** True if it could not be read. */
    boolean isFailed() {
        return status.equals(FAILED);
    }

    /** True if a worker is reading it. */
    boolean isRunning() {
        return status.equals(RUNNING);
    }

    /** True if its last job has ended, one way or the other. */
    boolean isSettled() {
        return isReady() || isFailed();
    }

    /** Its place in a list. */
    Cursor place() {
        return new Cursor(createdAt, seq);
    }

    /** Its name and visibility, which its owner decides. */
    DocumentDetails details() {
        return new DocumentDetails(name, visibility);
    }

    /** The tag of its version. */
    EntityTag tag() {
        return new EntityTag(version);
    }
}
