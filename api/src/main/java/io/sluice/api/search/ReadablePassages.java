package io.sluice.api.search;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.retrieval.DocumentAccess;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Passages that a caller can read at this moment. */
@Singleton
public class ReadablePassages {

    private static final String AMONG =
            """
            select passages.id from passages join documents on documents.id = document_id
             where passages.id = any (?) and status = 'ready' and\s"""
                    + DocumentAccess.READABLE;

    private final Sql sql;

    ReadablePassages(Sql sql) {
        this.sql = sql;
    }

    /**
     * Finds the passages of these that are there, of documents that are ready and that the caller can read. An id is never used again, so that
     * whatever was replaced or deleted is not among them. Blocks.
     *
     * @param caller name of who asks, in full
     * @throws DatabaseUnavailableException if PostgreSQL does not answer
     */
    public Set<Long> among(String caller, Collection<Long> ids) {
        return sql.query(AMONG, List.of(ids.toArray(Long[]::new), caller, caller), rows -> {
            Set<Long> readable = new HashSet<>();
            while (rows.next()) {
                readable.add(rows.getLong(1));
            }
            return readable;
        });
    }
}
