package io.sluice.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Caller;
import io.sluice.api.jobs.Jobs;
import io.sluice.api.outbox.Outbox;
import io.sluice.contract.EventId;
import io.sluice.contract.JobType;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.storage.StoredObject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of documents, each made and changed together with its job and its event. Plain SQL, for the same bytes that come at once must not
 * fail the transaction. Every method blocks, and throws {@link DatabaseUnavailableException}.
 */
@Singleton
class DocumentStore {

    private static final String UPLOADED = "document.uploaded";
    private static final String REPLACED = "document.replaced";
    private static final String DELETED = "document.deleted";

    private static final String FIND = "select " + Document.COLUMNS + " from documents where owner = ? and sha256 = ?";

    private final Sql sql;
    private final Jobs jobs;
    private final Outbox outbox;
    private final Clock clock;

    DocumentStore(Sql sql, Jobs jobs, Outbox outbox, Clock clock) {
        this.sql = sql;
        this.jobs = jobs;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Name, type and visibility of a document to be made. */
    record Description(String name, DocumentType type, Visibility visibility) {}

    /** Finds the owner's document of these bytes. */
    Optional<Document> find(String owner, byte[] sha256) {
        return sql.query(FIND, List.of(owner, sha256), DocumentTable::first);
    }

    /**
     * Makes a document of bytes that are in storage, and orders its job.
     *
     * @return empty if the caller has a document of these bytes already; then nothing was changed
     * @throws ProblemException if so many jobs or events wait that no more may
     */
    Optional<Document> create(Caller caller, StoredObject content, Description description) {
        return sql.inTransactionUnlessEmpty(transaction -> create(transaction, caller, content, description));
    }

    private Optional<Document> create(
            Connection transaction, Caller caller, StoredObject content, Description description) throws SQLException {
        UUID id = EventId.next();
        UUID job = jobs.add(transaction, JobType.DOCUMENT_INGEST, id, caller.traceparent());
        Optional<Document> made =
                new DocumentTable(transaction).insert(id, caller.name(), description, content, job, now());
        if (made.isPresent()) {
            Document document = made.get();
            addEvent(transaction, UPLOADED, caller, id, document.version(), document.status());
        }
        return made;
    }

    private void addEvent(
            Connection transaction, String type, Caller caller, UUID document, long version, String status)
            throws SQLException {
        String payload =
                "{\"documentId\":\"%s\",\"version\":%d,\"status\":\"%s\"}".formatted(document, version, status);
        outbox.add(
                transaction,
                new FeatureEvent(type, document, caller.name(), caller.traceparent(), payload.getBytes(UTF_8)));
    }

    /** Orders another job of a document that has failed; of another it gives what it is. Empty if it is gone. */
    Optional<Document> retryIfFailed(Caller caller, UUID id) {
        return sql.inTransaction(transaction -> {
            Optional<Document> found = findLocked(transaction, caller, id);
            return found.isPresent() && found.get().isFailed() ? queue(transaction, caller, id) : found;
        });
    }

    private Optional<Document> queue(Connection transaction, Caller caller, UUID id) throws SQLException {
        UUID job = jobs.add(transaction, JobType.DOCUMENT_INGEST, id, caller.traceparent());
        return new DocumentTable(transaction).queue(id, job, now());
    }

    /**
     * Gives a document other bytes, equal to those that storage has lost. One that is ready stays so: its passages are those of these bytes.
     *
     * @param document as it was when they were found to be lost
     * @return empty if it is gone or has other bytes by now; then nothing was changed
     * @throws ProblemException if so many jobs wait that no more may
     */
    Optional<Document> restore(Caller caller, Document document, StoredObject content) {
        return sql.inTransaction(transaction -> {
            Optional<Document> found = findLocked(transaction, caller, document.id());
            if (found.isEmpty()
                    || !found.get().content().key().equals(document.content().key())) {
                return Optional.empty();
            }
            Optional<Document> restored = new DocumentTable(transaction).restore(document.id(), content);
            return found.get().isReady() ? restored : queue(transaction, caller, document.id());
        });
    }

    /** A document before and after its bytes were replaced. */
    record Change(Document before, Document after) {}

    /**
     * Gives a document other bytes, and orders their job; what was read of those before is gone. Of the same bytes, taken for the same type,
     * what was read stays, and those that came take the place of those before, which storage may have lost; what has failed, or is being read
     * from those before, is ordered anew.
     *
     * @param name of the document, or {@code null} to leave it
     * @return empty if the caller has no such document
     * @throws ProblemException if it has another tag, the bytes are those of another document, or so much waits that no more may
     */
    Optional<Change> replace(
            Caller caller,
            UUID id,
            EntityTag.Condition condition,
            StoredObject content,
            DocumentType type,
            @Nullable String name) {
        return sql.inTransaction(transaction -> {
            Optional<Document> found = findLocked(transaction, caller, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Document before = found.get();
            condition.require(before.tag());
            if (before.type() == type && Arrays.equals(before.content().sha256(), content.sha256())) {
                return renew(transaction, caller, before, content, name).map(after -> new Change(before, after));
            }
            if (new DocumentTable(transaction).isAnothers(caller.name(), content.sha256(), id)) {
                throw DocumentProblems.bytesOfAnother();
            }
            return replace(transaction, caller, id, content, type, name).map(after -> new Change(before, after));
        });
    }

    private Optional<Document> renew(
            Connection transaction, Caller caller, Document before, StoredObject content, @Nullable String name)
            throws SQLException {
        DocumentTable table = new DocumentTable(transaction);
        Optional<Document> renewed = table.restore(before.id(), content);
        if (name != null && !name.equals(before.name())) {
            renewed = table.describe(before.id(), new DocumentDetails(name, before.visibility()), now());
        }
        return before.isFailed() || before.isRunning() ? queue(transaction, caller, before.id()) : renewed;
    }

    private Optional<Document> replace(
            Connection transaction,
            Caller caller,
            UUID id,
            StoredObject content,
            DocumentType type,
            @Nullable String name)
            throws SQLException {
        UUID job = jobs.add(transaction, JobType.DOCUMENT_INGEST, id, caller.traceparent());
        Optional<Document> after = new DocumentTable(transaction).replace(id, name, type, content, job, now());
        if (after.isPresent()) {
            addEvent(
                    transaction,
                    REPLACED,
                    caller,
                    id,
                    after.get().version(),
                    after.get().status());
        }
        return after;
    }

    /**
     * Changes what the owner says of a document; a change that changes nothing makes no version.
     *
     * @param change makes the new details of the present ones
     * @return empty if the caller has no such document
     * @throws ProblemException if it has another tag, or as the change does
     */
    Optional<Document> describe(
            Caller caller, UUID id, EntityTag.Condition condition, UnaryOperator<DocumentDetails> change) {
        return sql.inTransaction(transaction -> {
            Optional<Document> found = findLocked(transaction, caller, id);
            if (found.isEmpty()) {
                return found;
            }
            condition.require(found.get().tag());
            DocumentDetails details = change.apply(found.get().details());
            return details.equals(found.get().details())
                    ? found
                    : new DocumentTable(transaction).describe(id, details, now());
        });
    }

    /** Deletes a document and its passages, and gives what it was: its bytes are still in storage. Empty if the caller has no such document. */
    Optional<Document> delete(Caller caller, UUID id, EntityTag.Condition condition) {
        return sql.inTransaction(transaction -> {
            Optional<Document> found = findLocked(transaction, caller, id);
            if (found.isPresent()) {
                condition.require(found.get().tag());
                new DocumentTable(transaction).delete(id);
                addEvent(transaction, DELETED, caller, id, found.get().version() + 1, "deleted");
            }
            return found;
        });
    }

    private static Optional<Document> findLocked(Connection transaction, Caller caller, UUID id) throws SQLException {
        return new DocumentTable(transaction).findLocked(id, caller.name());
    }

    /** PostgreSQL's precision, so that a document is the same when it is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
