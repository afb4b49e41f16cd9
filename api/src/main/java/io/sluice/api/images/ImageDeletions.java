package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Caller;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StoredObject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Deletes images: first the row, so that no row lacks its bytes, and then these. */
@Singleton
class ImageDeletions {

    private final ObjectStorage storage;
    private final ImageStore store;

    ImageDeletions(ObjectStorage storage, ImageStore store) {
        this.storage = storage;
        this.store = store;
    }

    /**
     * Deletes an image; blocks. Where storage cannot be used, its bytes stay for the sweeper.
     *
     * @throws ProblemException if the caller has no such image, or so many events wait that no more may
     * @throws DatabaseUnavailableException if it is not known whether it is deleted
     */
    Image delete(Caller caller, UUID id) {
        Image deleted = store.delete(caller, id).orElseThrow(ImageProblems::notFound);
        try {
            Storage opened = storage.open();
            for (StoredObject object : Stream.of(deleted.content(), deleted.overlay(), deleted.mask())
                    .flatMap(object -> Optional.ofNullable(object).stream())
                    .toList()) {
                opened.delete(object.key());
            }
        } catch (StorageException e) {
            // No row names them.
        }
        return deleted;
    }
}
