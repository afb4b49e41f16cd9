package io.sluice.api.documents;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Page;
import io.sluice.api.http.paging.StatusListQuery;
import io.sluice.retrieval.DocumentAccess;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds documents that a caller can read. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@Singleton
class DocumentRepository {

    private static final String FIND =
            "select " + Document.COLUMNS + " from documents where id = ? and " + DocumentAccess.READABLE;

    private static final String LIST = "select " + Document.COLUMNS + " from documents where owner = ?";

    private static final String UNSETTLED =
            "select id from documents where id = any (?) and status in ('queued', 'running')";

    /** Document and passages in one statement, so that no replacement comes between them. */
    private static final String PASSAGES =
            """
            select status, revision, passages.id, ordinal, page, heading, text
              from documents left join passages on document_id = documents.id and ordinal > ?
             where documents.id = ? and\s"""
                    + DocumentAccess.READABLE + " order by ordinal limit ?";

    private final Sql sql;

    DocumentRepository(Sql sql) {
        this.sql = sql;
    }

    /** The caller's document, or one that is shared with the caller. */
    Optional<Document> find(UUID id, String caller) {
        return sql.query(
                FIND,
                List.of(id, caller, caller),
                rows -> rows.next() ? Optional.of(Document.of(rows)) : Optional.empty());
    }

    /** Finds the documents of these, whoever's, that are ready or failed, or gone. */
    Set<UUID> settled(Set<UUID> ids) {
        return RowAwaiter.allBut(sql, UNSETTLED, ids);
    }

    /** The page that is asked for of the caller's own documents, newest first. */
    Page<Document, Cursor> page(String owner, StatusListQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String statement = query.append(LIST, parameters);
        return sql.query(statement, parameters, rows -> Page.read(rows, query.limit(), Document::of, Document::place));
    }

    /** The passages behind this one, of a document that the caller can read; empty if there is no such document. */
    Optional<Passages> passages(UUID id, String caller, int after, int limit) {
        // One more than is shown, to know whether there is a next page.
        return sql.query(PASSAGES, List.of(after, id, caller, caller, limit + 1), rows -> Passages.read(rows, limit));
    }
}
