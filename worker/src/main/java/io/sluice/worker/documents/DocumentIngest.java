package io.sluice.worker.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.JobType;
import io.sluice.documents.DocumentParser;
import io.sluice.documents.Passage;
import io.sluice.documents.UnreadableDocumentException;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.settings.Feature;
import io.sluice.worker.documents.DocumentTable.Changed;
import io.sluice.worker.documents.DocumentTable.Pending;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import io.sluice.worker.jobs.JobHandler;
import io.sluice.worker.jobs.JobResult;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.sluice.worker.outbox.Outbox;
import io.sluice.worker.storage.JobStorage;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads the passages of documents. Those of one document are written in the transaction that ends its job, and so are found all at once. */
@Singleton
class DocumentIngest implements JobHandler {

    private static final String READY = "document.ready";
    private static final String FAILED = "document.failed";

    private static final String LOST = "The bytes of the document are not in storage any more; upload it again.";

    private final DocumentTable documents = new DocumentTable();
    private final PassageTable passages = new PassageTable();
    private final VectorTable vectors = new VectorTable();
    private final AgroalDataSource pool;
    private final JobStorage storage;
    private final Provider<DocumentParser> parser;
    private final PassageEmbedder embedder;
    private final TemporaryFiles files;
    private final Outbox outbox;
    private final Clock clock;

    DocumentIngest(
            AgroalDataSource pool,
            JobStorage storage,
            Provider<DocumentParser> parser,
            PassageEmbedder embedder,
            TemporaryFiles files,
            Outbox outbox,
            Clock clock) {
        this.pool = pool;
        this.storage = storage;
        this.parser = parser;
        this.embedder = embedder;
        this.files = files;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public JobType type() {
        return JobType.DOCUMENT_INGEST;
    }

    @Override
    public Feature feature() {
        return Feature.DOCUMENTS;
    }

    @Override
    public JobResult run(Job job)
            throws SQLException, IOException, PermanentJobException, OutageException, InterruptedException {
        Optional<Pending> document = begin(job);
        if (document.isEmpty()) {
            return JobResult.NOTHING;
        }
        Path file = files.create();
        try {
            if (storage.copy(document.get().content(), file)) {
                return read(job, document.get(), file);
            }
        } finally {
            Files.delete(file);
        }
        if (begin(job).isEmpty()) {
            // Deleted or replaced meanwhile, its bytes with it.
            return JobResult.NOTHING;
        }
        throw new PermanentJobException(JobStorage.CONTENT_LOST, LOST);
    }

    private Optional<Pending> begin(Job job) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            Optional<Pending> document = documents.begin(transaction.connection(), job, clock.instant());
            transaction.commit();
            return document;
        }
    }

    private JobResult read(Job job, Pending document, Path file)
            throws IOException, PermanentJobException, InterruptedException {
        PassageFile found = new PassageFile(files.create());
        try {
            DocumentParser.Read read = parse(document, file, found);
            return new Result(job, found, read, embedder.embed(found, read.passages()));
        } catch (UnreadableDocumentException e) {
            Files.delete(found.path());
            throw new PermanentJobException(e.reason().code(), e.reason().sentence());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            Files.delete(found.path());
            throw e;
        }
    }

    private DocumentParser.Read parse(Pending document, Path file, PassageFile found)
            throws IOException, UnreadableDocumentException, InterruptedException {
        try (PassageFile.Writer writer = new PassageFile.Writer(found)) {
            return parser.get().read(file, document.type(), writer::write);
        }
    }

    /** Passages of a document. */
    private final class Result implements JobResult {

        private final Job job;
        private final PassageFile file;
        private final DocumentParser.Read read;
        private final PassageEmbedder.Vectors embedded;

        Result(Job job, PassageFile file, DocumentParser.Read read, PassageEmbedder.Vectors embedded) {
            this.job = job;
            this.file = file;
            this.read = read;
            this.embedded = embedded;
        }

        @Override
        public void write(Connection transaction) throws SQLException {
            // Held until the end: whoever replaces or deletes the document does so before all of this, or after it.
            if (documents.lock(transaction, job)) {
                long lexemes = insert(transaction);
                vectors.insert(transaction, job.subject(), embedded.model(), embedded.all());
                Optional<Changed> changed = documents.finish(
                        transaction,
                        job,
                        read.pages() == 0 ? null : read.pages(),
                        read.passages(),
                        lexemes,
                        clock.instant());
                if (changed.isPresent()) {
                    add(transaction, job, changed.get(), READY, "ready");
                }
            }
        }

        private long insert(Connection transaction) throws SQLException {
            try (PassageFile.Reader reader = new PassageFile.Reader(file, read.passages())) {
                long lexemes = 0;
                int block = 0;
                List<Passage> next = reader.next(PassageTable.BLOCK);
                while (!next.isEmpty()) {
                    lexemes += passages.insert(transaction, job.subject(), block, next);
                    block++;
                    next = reader.next(PassageTable.BLOCK);
                }
                return lexemes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            // What stays is deleted later, as abandoned.
            boolean unused = file.path().toFile().delete();
        }
    }

    @Override
    public void giveUp(Connection transaction, Job job, JobFailure failure) throws SQLException {
        Optional<Changed> changed = documents.fail(transaction, job, failure, clock.instant());
        if (changed.isPresent()) {
            add(transaction, job, changed.get(), FAILED, "failed");
        }
    }

    private void add(Connection transaction, Job job, Changed document, String type, String status)
            throws SQLException {
        String payload = "{\"documentId\":\"%s\",\"version\":%d,\"status\":\"%s\"}"
                .formatted(job.subject(), document.version(), status);
        outbox.add(
                transaction,
                new FeatureEvent(type, job.subject(), document.owner(), job.traceparent(), payload.getBytes(UTF_8)));
    }
}
