package io.sluice.api.images;

import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Images of the caller without a token, as the worker leaves them: three objects are found. */
@ApplicationScoped
public class AnalysedImages {

    private final StoredDeadLetters tables;
    private final ObjectStorage storage;

    AnalysedImages(StoredDeadLetters tables, ObjectStorage storage) {
        this.tables = tables;
        this.storage = storage;
    }

    /** Stores a small one under this id, in place of another one. */
    public void store(UUID id) {
        store(id, TestImages.of("jpeg", 60, 40, BufferedImage.TYPE_INT_RGB, false));
    }

    /** Stores one of these bytes, which are taken for a JPEG. */
    void store(UUID id, byte[] bytes) {
        StoredObject content = write(bytes);
        StoredObject overlay = write(TestImages.of("png", 60, 40, BufferedImage.TYPE_INT_RGB, false));
        StoredObject mask = write(TestImages.of("png", 60, 40, BufferedImage.TYPE_BYTE_BINARY, false));
        tables.execute("delete from images where owner = 'anonymous' and (id = ? or sha256 = ?)", id, content.sha256());
        tables.execute(
                """
                insert into images (
                    id, owner, sha256, storage_key, bytes, format, width, height, status, job_id, version, detector,
                    detector_version, overlay_key, overlay_bytes, overlay_sha256, mask_key, mask_bytes, mask_sha256,
                    created_at, analysed_at)
                values (?, 'anonymous', ?, ?, ?, 'jpeg', 60, 40, 'done', gen_random_uuid(), 2, 'builtin', '1', ?, ?, ?, ?, ?, ?,
                    now(), now())""",
                id,
                content.sha256(),
                content.key().value(),
                content.size(),
                overlay.key().value(),
                overlay.size(),
                overlay.sha256(),
                mask.key().value(),
                mask.size(),
                mask.sha256());
        tables.execute(
                """
                insert into image_objects
                select ?, n, 10 * n, 5, 8, 8, 10 * n + 4, 9, 4, 50.25, 1.0 / n from generate_series(1, 3) n""",
                id);
    }

    private StoredObject write(byte[] bytes) {
        try {
            return storage.open()
                    .write(StorageKey.unique("images", "anonymous"), new ByteArrayInputStream(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
