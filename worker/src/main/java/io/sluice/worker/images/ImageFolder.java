package io.sluice.worker.images;

import io.sluice.settings.Feature;
import io.sluice.storage.StorageKey;
import io.sluice.worker.storage.StorageFolder;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Images in storage, and the pictures that analyses have made. */
@Singleton
class ImageFolder implements StorageFolder {

    /** First segment of the keys, as the api has it for the images themselves. */
    static final String NAME = "images";

    private static final String NAMED =
            """
            select key from unnest(?::text[]) as key
             where exists (select from images where storage_key = key)
                or exists (select from images where overlay_key = key)
                or exists (select from images where mask_key = key)""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Feature feature() {
        return Feature.IMAGES;
    }

    @Override
    public Set<StorageKey> named(Connection transaction, List<StorageKey> keys) throws SQLException {
        return StorageFolder.find(transaction, NAMED, keys);
    }
}
