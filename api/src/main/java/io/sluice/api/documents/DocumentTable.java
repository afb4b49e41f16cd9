package io.sluice.api.documents;

import io.sluice.api.database.Sql;
import io.sluice.api.documents.DocumentStore.Description;
import io.sluice.storage.StoredObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code documents}. The transaction is the caller's. */
final class DocumentTable {

    private static final String FIND_LOCKED =
            "select " + Document.COLUMNS + " from documents where id = ? and owner = ? for update";

    private static final String INSERT =
            """
            insert into documents (id, owner, visibility, name, media_type, sha256, storage_key, bytes, job_id, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (owner, sha256) do nothing
            returning\s"""
                    + Document.COLUMNS;

    private static final String QUEUE =
            """
            update documents set status = 'queued', reason_code = null, reason = null, job_id = ?, version = version + 1, updated_at = ?
             where id = ?
            returning\s"""
                    + Document.COLUMNS;

    private static final String RESTORE =
            "update documents set storage_key = ? where id = ? returning " + Document.COLUMNS;

    private static final String IS_ANOTHERS = "select id from documents where owner = ? and sha256 = ? and id <> ?";

    /** Replaces the bytes, and deletes the passages of those before, which nobody finds any more from the commit on. */
    private static final String REPLACE =
            """
            with replaced_passages as (delete from passages where document_id = ?),
                 replaced_terms as (delete from passage_terms where document_id = ?),
                 replaced_vectors as (delete from passage_vectors where document_id = ?)
            update documents set name = coalesce(?, name), media_type = ?, sha256 = ?, storage_key = ?, bytes = ?, status = 'queued',
                                 reason_code = null, reason = null, job_id = ?, revision = revision + 1, version = version + 1,
                                 pages = null, passage_count = null, lexeme_count = null, updated_at = ?, ready_at = null
             where id = ?
            returning\s"""
                    + Document.COLUMNS;

    private static final String DESCRIBE =
            "update documents set name = ?, visibility = ?, version = version + 1, updated_at = ? where id = ? returning "
                    + Document.COLUMNS;

    private static final String DELETE = "delete from documents where id = ? returning id";

    private final Connection transaction;

    DocumentTable(Connection transaction) {
        this.transaction = transaction;
    }

    /** The owner's document, locked until the transaction ends. */
    Optional<Document> findLocked(UUID id, String owner) throws SQLException {
        return one(FIND_LOCKED, List.of(id, owner));
    }

    /** True if another document of the owner has these bytes. */
    boolean isAnothers(String owner, byte[] sha256, UUID id) throws SQLException {
        return Sql.query(transaction, IS_ANOTHERS, List.of(owner, sha256, id), ResultSet::next);
    }

    /** Adds a document; empty if the owner has one of these bytes. */
    Optional<Document> insert(
            UUID id, String owner, Description description, StoredObject content, UUID job, Instant now)
            throws SQLException {
        return one(
                INSERT,
                List.of(
                        id,
                        owner,
                        description.visibility().toString(),
                        description.name(),
                        description.type().mediaType(),
                        content.sha256(),
                        content.key().value(),
                        content.size(),
                        job,
                        now,
                        now));
    }

    /** Sets a document to queued for another job. */
    Optional<Document> queue(UUID id, UUID job, Instant now) throws SQLException {
        return one(QUEUE, List.of(job, now, id));
    }

    /** Names the place of the same bytes. */
    Optional<Document> restore(UUID id, StoredObject content) throws SQLException {
        return one(RESTORE, List.of(content.key().value(), id));
    }

    /**
     * Gives a document other bytes, and deletes the passages of those before.
     *
     * @param name of the document, or {@code null} to leave it
     */
    Optional<Document> replace(
            UUID id, @Nullable String name, DocumentType type, StoredObject content, UUID job, Instant now)
            throws SQLException {
        return one(
                REPLACE,
                Arrays.asList(
                        id,
                        id,
                        id,
                        name,
                        type.mediaType(),
                        content.sha256(),
                        content.key().value(),
                        content.size(),
                        job,
                        now,
                        id));
    }

    /** Changes what the owner says of a document. */
    Optional<Document> describe(UUID id, DocumentDetails details, Instant now) throws SQLException {
        return one(DESCRIBE, List.of(details.name(), details.visibility().toString(), now, id));
    }

    /** Deletes a document and its passages. */
    void delete(UUID id) throws SQLException {
        Sql.query(transaction, DELETE, List.of(id), ResultSet::next);
    }

    private Optional<Document> one(String statement, List<@Nullable Object> parameters) throws SQLException {
        return Sql.query(transaction, statement, parameters, DocumentTable::first);
    }

    /** The first row, if there is one. */
    static Optional<Document> first(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(Document.of(rows)) : Optional.empty();
    }
}
