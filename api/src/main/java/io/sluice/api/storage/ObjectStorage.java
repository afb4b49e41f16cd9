package io.sluice.api.storage;

import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.Storages;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Storage of bytes that are too large for a row. It is opened when it is first used: where it cannot be, requests that need it are refused with the
 * reason, and everything else works.
 */
@Singleton
public class ObjectStorage {

    private final StorageSettings settings;

    /** Guarded by this. */
    private @Nullable Storage storage;

    ObjectStorage(StorageSettings settings) {
        this.settings = settings;
    }

    /**
     * Gives the storage. Blocks.
     *
     * @throws StorageException if it is a directory that cannot be made or read; the next call tries again
     */
    public synchronized Storage open() throws StorageException {
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
