package io.sluice.api.images;

import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.Storages;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Storage of the bytes of images. It is opened when it is first used: where it cannot be, requests that need it are refused with the
 * reason, and everything else works.
 */
@Singleton
class ImageStorage {

    private final StorageSettings settings;

    /** Guarded by this. */
    private @Nullable Storage storage;

    ImageStorage(StorageSettings settings) {
        this.settings = settings;
    }

    /**
     * Gives the storage. Blocks.
     *
     * @throws StorageException if it is a directory that cannot be made or read; the next call tries again
     */
    synchronized Storage open() throws StorageException {
        Storage opened = storage;
        if (opened == null) {
            opened = Storages.open(settings);
            storage = opened;
        }
        return opened;
    }

    @PreDestroy
    synchronized void close() {
        if (storage != null) {
            storage.close();
        }
    }
}
