package io.sluice.worker.storage;

import io.sluice.settings.Feature;
import io.sluice.storage.StorageKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Folder of storage with the objects of a feature, and the rows that name them: a bean for each. */
public interface StorageFolder {

    /** First segment of the keys. */
    String name();

    /** The feature; while it is disabled nothing is deleted. */
    Feature feature();

    /** Finds the keys of these that a row names; the transaction is the caller's. */
    Set<StorageKey> named(Connection transaction, List<StorageKey> keys) throws SQLException;

    /**
     * The keys that a query finds.
     *
     * @param query has the keys as its one parameter, an array, and those that are named as its one column
     */
    static Set<StorageKey> find(Connection transaction, String query, List<StorageKey> keys) throws SQLException {
        Object[] values = keys.stream().map(StorageKey::value).toArray();
        try (PreparedStatement select = transaction.prepareStatement(query)) {
            select.setArray(1, transaction.createArrayOf("text", values));
            try (ResultSet rows = select.executeQuery()) {
                Set<StorageKey> named = new HashSet<>();
                while (rows.next()) {
                    named.add(new StorageKey(rows.getString(1)));
                }
                return named;
            }
        }
    }
}
