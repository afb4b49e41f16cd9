package io.sluice.worker.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.JobType;
import io.sluice.documents.DocumentParser;
import io.sluice.documents.HeapFullException;
import io.sluice.documents.Passage;
import io.sluice.documents.UnreadableDocumentException;
import io.sluice.documents.UnreadableDocumentException.Reason;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.settings.Feature;
import io.sluice.worker.documents.DocumentTable.Changed;
import io.sluice.worker.documents.DocumentTable.Pending;
import io.sluice.worker.embedding.VectorTable;
import io.sluice.worker.jobs.Attempts;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import io.sluice.worker.jobs.JobHandler;
import io.sluice.worker.jobs.JobResult;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.sluice.worker.jobs.SuspectJobException;
import io.sluice.worker.outbox.Outbox;
import io.sluice.worker.storage.JobStorage;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final Attempts attempts;
    private final Outbox outbox;
    private final Clock clock;

    DocumentIngest(
            AgroalDataSource pool,
            JobStorage storage,
            Provider<DocumentParser> parser,
            PassageEmbedder embedder,
            TemporaryFiles files,
            Attempts attempts,
            Outbox outbox,
            Clock clock) {
        this.pool = pool;
        this.storage = storage;
        this.parser = parser;
        this.embedder = embedder;
        this.files = files;
        this.attempts = attempts;
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
            throws SQLException, PermanentJobException, SuspectJobException, OutageException, InterruptedException {
        Optional<Pending> document = begin(job);
        if (document.isEmpty()) {
            return JobResult.NOTHING;
        }
        embedder.model();
        try (TemporaryFile file = files.create()) {
            if (storage.copy(document.get().content(), file.path())) {
                return read(job, document.get(), file.path());
            }
        } catch (IOException e) {
            throw TemporaryFiles.outage(e);
        }
        if (isSuperseded(job)) {
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

    private boolean isSuperseded(Job job) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            return !documents.lock(transaction.connection(), job);
        }
    }

    private JobResult read(Job job, Pending document, Path file)
            throws IOException, PermanentJobException, SuspectJobException, OutageException, InterruptedException {
        TemporaryFile temporary = files.create();
        try {
            PassageFile found = new PassageFile(temporary.path());
            DocumentParser.Read read = parse(job, document, file, found);
            return new Result(job, temporary, found, read, embedder.embed(job, found, read.passages()));
        } catch (Throwable e) {
            temporary.close();
            throw e;
        }
    }

    private DocumentParser.Read parse(Job job, Pending document, Path file, PassageFile found)
            throws IOException, PermanentJobException, SuspectJobException, InterruptedException {
        try (PassageFile.Writer writer = new PassageFile.Writer(found, () -> attempts.goesOn(job))) {
            return parser.get().read(file, document.type(), writer);
        } catch (UnreadableDocumentException e) {
            throw new PermanentJobException(e.reason().code(), e.reason().sentence());
        } catch (HeapFullException e) {
            throw new SuspectJobException(
                    String.valueOf(e.getMessage()), Reason.TOO_COMPLEX.code(), Reason.TOO_COMPLEX.sentence());
        }
    }

    /** Passages of a document. */
    private final class Result implements JobResult {

        private final Job job;
        private final TemporaryFile temporary;
        private final PassageFile file;
        private final DocumentParser.Read read;
        private final PassageEmbedder.Vectors embedded;

        Result(
                Job job,
                TemporaryFile temporary,
                PassageFile file,
                DocumentParser.Read read,
                PassageEmbedder.Vectors embedded) {
            this.job = job;
            this.temporary = temporary;
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
                    attempts.goesOn(job);
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
            temporary.close();
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
