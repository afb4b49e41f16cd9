package io.sluice.worker.documents;

import io.sluice.settings.Feature;
import io.sluice.storage.StorageKey;
import io.sluice.worker.storage.StorageFolder;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Documents in storage, as the api writes them. */
@Singleton
class DocumentFolder implements StorageFolder {

    private static final String NAMED =
            "select key from unnest(?::text[]) as key where exists (select from documents where storage_key = key)";

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public Feature feature() {
        return Feature.DOCUMENTS;
    }

    @Override
    public Set<StorageKey> named(Connection transaction, List<StorageKey> keys) throws SQLException {
        return StorageFolder.find(transaction, NAMED, keys);
    }
}
