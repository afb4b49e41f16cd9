package io.sluice.worker.embedding;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Documents that are ready and have no vectors of a model, and the leases by which one worker alone embeds each. The transaction is the
 * caller's.
 */
final class DueDocuments {

    /** Passages that are read at a time. */
    private static final int PIECE = 100;

    private static final String DUE =
            """
            from documents
             where status = 'ready' and passage_count <= %d and id <> all (?::uuid[])
               and not exists (select from passage_vectors where document_id = documents.id and model = ?)"""
                    .formatted(VectorTable.MAX_PASSAGES);

    private static final String COUNT = "select count(*) " + DUE;

    /**
     * Claims a document: of two workers that want the same one at the same moment, one gets it, and the other none. In the order of the ids, so that
     * what is behind the one that was claimed last need not be looked through again.
     */
    private static final String CLAIM =
            """
            with due as (
                select id, job_id, passage_count %s
                   and not exists (
                       select from embedding_leases where document_id = documents.id and model = ? and expires_at > now())
                   and id > ?
                 order by id limit 1),
            claimed as (
                insert into embedding_leases (document_id, model, holder, expires_at)
                select id, ?, ?, now() + interval '1 minute' from due
                on conflict (document_id, model) do update set holder = excluded.holder, expires_at = excluded.expires_at
                 where embedding_leases.expires_at <= now()
                returning document_id)
            select id, job_id, passage_count from due where id in (select document_id from claimed)"""
                    .formatted(DUE);

    private static final String RENEW =
            "update embedding_leases set expires_at = now() + interval '1 minute' where document_id = ? and model = ? and holder = ?";

    private static final String RELEASE =
            "delete from embedding_leases where document_id = ? and model = ? and holder = ?";

    private static final String TEXTS =
            "select coalesce(heading, '') as heading, text from passages where document_id = ? and ordinal > ? order by ordinal limit "
                    + PIECE;

    private static final String LOCK =
            "select from documents where id = ? and job_id = ? and status = 'ready' for no key update";

    private final String model;
    private final UUID holder;

    /**
     * @param model as {@link io.sluice.embedding.Embedder#model} names it
     * @param holder of leases: another one for each worker
     */
    DueDocuments(String model, UUID holder) {
        this.model = model;
        this.holder = holder;
    }

    /**
     * A document that is to be embedded.
     *
     * @param job that has read the passages: another one reads others
     * @param passages number of them
     */
    record Due(UUID id, UUID job, int passages) {}

    /** Number of documents without vectors, but for some; among them those that others embed at the moment. */
    int count(Connection transaction, Collection<UUID> but) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(COUNT)) {
            select.setArray(1, transaction.createArrayOf("uuid", but.toArray()));
            select.setString(2, model);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * Takes the lease of the next one, for a minute.
     *
     * @param after id behind which is looked
     */
    Optional<Due> claim(Connection transaction, Collection<UUID> but, UUID after) throws SQLException {
        try (PreparedStatement claim = transaction.prepareStatement(CLAIM)) {
            claim.setArray(1, transaction.createArrayOf("uuid", but.toArray()));
            claim.setString(2, model);
            claim.setString(3, model);
            claim.setObject(4, after);
            claim.setString(5, model);
            claim.setObject(6, holder);
            try (ResultSet row = claim.executeQuery()) {
                return row.next()
                        ? Optional.of(new Due(
                                row.getObject("id", UUID.class),
                                row.getObject("job_id", UUID.class),
                                row.getInt("passage_count")))
                        : Optional.empty();
            }
        }
    }

    /** Extends a lease to a minute from now on; false if another worker has it, or the document is gone. */
    boolean renew(Connection transaction, Due document) throws SQLException {
        return execute(transaction, RENEW, document);
    }

    /** Gives a lease back; false if another worker has it, or the document is gone. */
    boolean release(Connection transaction, Due document) throws SQLException {
        return execute(transaction, RELEASE, document);
    }

    private boolean execute(Connection transaction, String sql, Due document) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            statement.setObject(1, document.id());
            statement.setString(2, model);
            statement.setObject(3, holder);
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * A passage that is to be embedded.
     *
     * @param heading empty if it has none
     */
    record PassageText(String heading, String text) {}

    /** Texts of the next passages, in their order; none behind the last. */
    List<PassageText> texts(Connection transaction, Due document, int after) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(TEXTS)) {
            select.setObject(1, document.id());
            select.setInt(2, after);
            try (ResultSet rows = select.executeQuery()) {
                List<PassageText> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(new PassageText(rows.getString("heading"), rows.getString("text")));
                }
                return texts;
            }
        }
    }

    /** Locks a document until the transaction ends; false if it has other passages by now, or none. */
    boolean lock(Connection transaction, Due document) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(LOCK)) {
            select.setObject(1, document.id());
            select.setObject(2, document.job());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
