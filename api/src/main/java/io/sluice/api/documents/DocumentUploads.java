package io.sluice.api.documents;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.documents.DocumentStore.Change;
import io.sluice.api.documents.DocumentStore.Description;
import io.sluice.api.http.body.ReceivedFile;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Caller;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.api.storage.UploadRows;
import io.sluice.api.storage.Uploads;
import io.sluice.api.storage.Uploads.Upload;
import io.sluice.storage.StorageException;
import io.sluice.storage.StoredObject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes, replaces and deletes documents with their bytes. Every method blocks. */
@Singleton
class DocumentUploads {

    private static final String KIND = "documents";

    private final ObjectStorage storage;
    private final DocumentStore store;
    private final DocumentRepository documents;

    DocumentUploads(ObjectStorage storage, DocumentStore store, DocumentRepository documents) {
        this.storage = storage;
        this.store = store;
        this.documents = documents;
    }

    /**
     * Makes a document, or gives the one that the caller has of the same bytes, as it is. Another job is ordered if that has failed; bytes
     * that storage has lost are stored anew.
     *
     * @param name that the caller has for it, or {@code null} for that of the file
     * @throws ProblemException if it is of no type that is taken, or so much waits that no more may
     * @throws IOException as {@link Uploads#add}
     */
    Upload<Document> add(Caller caller, ReceivedFile file, @Nullable String name, Visibility visibility)
            throws IOException {
        DocumentType type = type(file, name);
        Description description =
                new Description(DocumentName.of(name == null ? file.name() : name, type), type, visibility);
        return uploads(caller).add(file.path(), new Rows(caller, description));
    }

    private static DocumentType type(ReceivedFile file, @Nullable String name) throws IOException {
        try (InputStream bytes = Files.newInputStream(file.path())) {
            byte[] head = bytes.readNBytes(DocumentType.HEAD_BYTES);
            if (head.length == 0) {
                throw DocumentProblems.empty();
            }
            List<String> names =
                    Stream.of(name, file.name()).filter(Objects::nonNull).toList();
            return DocumentType.detect(head, file.mediaType(), names).orElseThrow(DocumentProblems::unsupported);
        }
    }

    /**
     * Gives a document other bytes; those before are deleted from storage.
     *
     * @param name as of {@link #add}; without any the document keeps its own
     * @throws ProblemException if the caller has no such document, or as {@link #add} and {@link DocumentStore#replace} do
     * @throws IOException as {@link Uploads#add}
     */
    Document replace(Caller caller, UUID id, EntityTag.Condition condition, ReceivedFile file, @Nullable String name)
            throws IOException {
        // Before the bytes are stored, for the condition is rarely another by then; the store looks again, under a
        // lock.
        condition.require(documents
                .find(id, caller.name())
                .filter(document -> document.owner().equals(caller.name()))
                .orElseThrow(DocumentProblems::notFound)
                .tag());
        DocumentType type = type(file, name);
        String cleaned = Optional.ofNullable(name)
                .or(() -> Optional.ofNullable(file.name()))
                .flatMap(DocumentName::clean)
                .orElse(null);
        Uploads uploads = uploads(caller);
        Change change = uploads.keep(
                        file.path(), content -> store.replace(caller, id, condition, content, type, cleaned))
                .orElseThrow(DocumentProblems::notFound);
        uploads.discard(change.before().content());
        return change.after();
    }

    private Uploads uploads(Caller caller) throws StorageException {
        return new Uploads(storage.open(), KIND, caller.name());
    }

    /**
     * Deletes a document: first the row, so that no row lacks its bytes, and then these. Where storage cannot be used, they stay for the
     * sweeper.
     *
     * @throws ProblemException if the caller has no such document, or so many events wait that no more may
     * @throws DatabaseUnavailableException if it is not known whether it is deleted
     */
    Document delete(Caller caller, UUID id, EntityTag.Condition condition) {
        Document deleted = store.delete(caller, id, condition).orElseThrow(DocumentProblems::notFound);
        discard(caller, deleted.content());
        return deleted;
    }

    private void discard(Caller caller, StoredObject content) {
        try {
            uploads(caller).discard(content);
        } catch (StorageException e) {
            // No row names it.
        }
    }

    /** Documents of a caller. */
    private final class Rows implements UploadRows<Document> {

        private final Caller caller;
        private final Description description;

        Rows(Caller caller, Description description) {
            this.caller = caller;
            this.description = description;
        }

        @Override
        public Optional<Document> find(byte[] sha256) {
            return store.find(caller.name(), sha256);
        }

        @Override
        public StoredObject content(Document document) {
            return document.content();
        }

        @Override
        public Optional<Document> reuse(Document document) {
            return document.isFailed() ? store.retryIfFailed(caller, document.id()) : Optional.of(document);
        }

        @Override
        public Optional<Document> create(StoredObject content) {
            return store.create(caller, content, description);
        }

        @Override
        public Optional<Document> restore(Document document, StoredObject content) {
            return store.restore(caller, document, content);
        }
    }
}
