package io.sluice.storage;

import io.sluice.settings.StorageSettings;
import io.sluice.settings.StorageUrl;
import java.time.Clock;

/** Storage as the settings have it. */
public final class Storages {

    private Storages() {}

    /**
     * Opens it.
     *
     * @throws StorageException if it is a directory that cannot be made or read
     */
    public static Storage open(StorageSettings settings) throws StorageException {
        StorageUrl url = settings.url();
        if (url instanceof StorageUrl.Bucket bucket) {
            return new S3Storage(bucket, settings);
        }
        return DirectoryStorage.open(((StorageUrl.Directory) url).path(), Clock.systemUTC());
    }
}
