package io.sluice.worker.documents;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.JobType;
import io.sluice.documents.DocumentParser;
import io.sluice.embedding.Embedder;
import io.sluice.embedding.QuantizedVector;
import io.sluice.embedding.UnusableModelException;
import io.sluice.runtime.database.Transaction;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageKey;
import io.sluice.storage.Storages;
import io.sluice.storage.StoredObject;
import io.sluice.testkit.PdfFile;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.Rows;
import io.sluice.worker.embedding.IngestPriority;
import io.sluice.worker.embedding.UnusableEmbedderException;
import io.sluice.worker.jobs.Attempts;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobResult;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.sluice.worker.outbox.Outbox;
import io.sluice.worker.storage.JobStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bytes of a document in a directory to its passages and terms in PostgreSQL, and its event. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class DocumentIngestTest {

    private static final Path QUICK = Path.of("../libs/embedding/src/test/resources/io/sluice/embedding/tiny");

    @TempDir
    Path temporary;

    private final CountedAttempts attempts = new CountedAttempts();
    private final String owner = "alice-" + UUID.randomUUID();
    private final Storage storage = Storages.open(settings(AllFeatures.FOLDER));
    private final AgroalDataSource pool;
    private final JobStorage jobStorage;
    private final Rows rows;
    private final DocumentParser parser;
    private final PassageEmbedder passageEmbedder;
    private final Embedder embedder;
    private final Outbox outbox;

    DocumentIngestTest(
            AgroalDataSource pool,
            JobStorage jobStorage,
            DocumentParser parser,
            PassageEmbedder passageEmbedder,
            Embedder embedder,
            Outbox outbox)
            throws IOException {
        this.pool = pool;
        this.jobStorage = jobStorage;
        this.rows = new Rows(pool);
        this.parser = parser;
        this.passageEmbedder = passageEmbedder;
        this.embedder = embedder;
        this.outbox = outbox;
    }

    private static StorageSettings settings(Path folder) {
        return Environment.read(
                Map.of(Setting.STORAGE_URL.name(), folder.toUri().toString())::get, StorageSettings::new);
    }

    @AfterEach
    void deleteAll() throws SQLException {
        storage.close();
        rows.execute("delete from documents where owner = ?", owner);
    }

    @Test
    void thePassagesOfAPdfHaveTheirPages() throws Exception {
        // Given
        Job job = add(
                "application/pdf", PdfFile.of("Take one tablet a day.", "Two doses of a dose are a dose too many."));

        // When
        rows.execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values (?, ?, clock_timestamp(), false, 1)""",
                JobType.DOCUMENT_INGEST.code(),
                job.id().toString());

        // Then
        await().until(() -> state(job).equals("ready 3 2 2"));
        assertThat(texts(
                        job,
                        "select concat_ws(' ', ordinal, page, text) from passages where document_id = ? order"
                                + " by ordinal"))
                .containsExactly("1 1 Take one tablet a day.", "2 2 Two doses of a dose are a dose too many.");
        assertThat(
                        texts(
                                job,
                                """
                        select concat_ws(' ', lexeme, block, ordinals, frequencies, lengths) from passage_terms
                         where document_id = ? and lexeme in ('dose', 'tablet', 'of') order by lexeme"""))
                .containsExactly("dose 0 {2} {3} {5}", "tablet 0 {1} {1} {4}");
        assertThat(texts(job, "select lexeme_count::text from documents where id = ?"))
                .containsExactly("9");
        assertThat(events(job))
                .containsExactly("document.ready {\"documentId\":\"%s\",\"version\":3,\"status\":\"ready\"}"
                        .formatted(job.subject()));
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void eachPassageHasTheVectorOfItsText() throws Exception {
        // Given
        Job job = add("application/pdf", PdfFile.of("Take one tablet a day.", "Two doses are too many."));

        // When
        write(ingest().run(job));

        // Then
        assertThat(
                        texts(
                                job,
                                """
                        select concat_ws(' ', model, block, passage_ids, encode(vectors, 'hex')) from passage_vectors
                         where document_id = ?"""))
                .containsExactly("%s 0 {%s} %s%s"
                        .formatted(
                                embedder.model(),
                                String.join(
                                        ",",
                                        texts(
                                                job,
                                                "select id::text from passages where document_id = ? order by ordinal")),
                                vector("Take one tablet a day."),
                                vector("Two doses are too many.")));
    }

    private String vector(String text) throws InterruptedException {
        return HexFormat.of()
                .formatHex(QuantizedVector.of(embedder.passage(text).vector()));
    }

    @Test
    void thePassagesOfATextHaveTheirHeadingsAndNoPages() throws Exception {
        // Given
        Job job = add("text/markdown", "# Paracetamol\n\n## Adults\n\nUp to 4 g a day.\n".getBytes(UTF_8));

        // When
        write(ingest().run(job));

        // Then
        assertThat(state(job)).isEqualTo("ready 3 1");
        assertThat(texts(job, "select concat_ws(' | ', heading, text) from passages where document_id = ?"))
                .singleElement()
                .asString()
                .startsWith("Paracetamol > Adults | ")
                .contains("Up to 4 g a day.");
        assertThat(texts(job, "select encode(vectors, 'hex') from passage_vectors where document_id = ?"))
                .containsExactly(
                        vector(texts(job, "select concat_ws(E'\n', heading, text) from passages where document_id = ?")
                                .get(0)));
    }

    @Test
    void nothingIsFoundUntilAllOfALargeOneIs() throws Exception {
        // Given
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_400; i++) {
            text.append("Paragraph ")
                    .append(i)
                    .append(" of many")
                    .append(" words".repeat(100))
                    .append(".\n\n");
        }
        Job job = add("text/plain", text.toString().getBytes(UTF_8));

        // When
        JobResult result = runWithQuickModel(job);

        // Then
        assertThat(state(job)).isEqualTo("running 2");
        assertThat(texts(job, "select 1 from passages where document_id = ?")).isEmpty();

        // When
        write(result);

        // Then
        String passages = texts(job, "select count(*)::text from passages where document_id = ?")
                .get(0);
        assertThat(state(job)).isEqualTo("ready 3 " + passages);
        assertThat(texts(
                        job,
                        "select block::text from passage_terms where document_id = ? and lexeme = 'word' order"
                                + " by block"))
                .startsWith("0", "1");
        assertThat(texts(
                        job,
                        "select sum(cardinality(ordinals))::text from passage_terms where document_id = ? and"
                                + " lexeme = 'word'"))
                .containsExactly(passages);
        assertThat(
                        texts(
                                job,
                                """
                        select sum(cardinality(passage_ids))::text from passage_vectors
                         where document_id = ? and octet_length(vectors) = 4 * cardinality(passage_ids)
                           and passage_ids = (select array_agg(id order by ordinal) from passages
                                               where passages.document_id = passage_vectors.document_id
                                                 and (ordinal - 1) / 256 = block)"""))
                .containsExactly(passages);
        assertThat(temporaryFiles()).isZero();
    }

    /** By a model of four dimensions, since the one that comes with the program takes a minute for so many passages. */
    private JobResult runWithQuickModel(Job job) throws Exception {
        try (Embedder quick = Embedder.of(QUICK)) {
            return ingest(jobStorage, new PassageEmbedder(() -> quick, attempts, new IngestPriority()))
                    .run(job);
        }
    }

    private DocumentIngest ingest() {
        return ingest(jobStorage, passageEmbedder);
    }

    private DocumentIngest ingest(JobStorage stored, PassageEmbedder embedding) {
        return ingest(stored, embedding, new TemporaryFiles(temporary, Clock.systemUTC()));
    }

    private DocumentIngest ingest(JobStorage stored, PassageEmbedder embedding, TemporaryFiles files) {
        return new DocumentIngest(pool, stored, () -> parser, embedding, files, attempts, outbox, Clock.systemUTC());
    }

    /** Counts how often an attempt is told to go on. */
    private static final class CountedAttempts extends Attempts {

        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void goesOn(Job job) {
            times.incrementAndGet();
        }
    }

    @Test
    void eachPassageThatIsReadOrEmbeddedTellsThatTheJobDoesNotHang() throws Exception {
        // Given
        Job job = add("text/plain", "A paragraph of its own.\n\n".repeat(500).getBytes(UTF_8));

        // When
        JobResult result = runWithQuickModel(job);
        int before = attempts.times.get();
        write(result);

        // Then
        int passages = Integer.parseInt(texts(job, "select passage_count::text from documents where id = ?")
                .get(0));
        assertThat(passages).isGreaterThan(10);
        assertThat(before).isGreaterThanOrEqualTo(2 * passages);
        assertThat(attempts.times.get()).as("and each block that is written").isGreaterThan(before);
    }

    @Test
    void aModelThatCannotBeLoadedIsWaitedForAndTold(@TempDir Path folder) throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        AtomicReference<Path> model = new AtomicReference<>(folder);
        PassageEmbedder late = new PassageEmbedder(() -> embedder(model.get()), attempts, new IngestPriority());
        EmbeddingCheck check = new EmbeddingCheck(late);

        // When, Then
        assertThatThrownBy(() -> ingest(jobStorage, late).run(job))
                .isInstanceOf(OutageException.class)
                .hasMessageStartingWith("The model cannot be used: ");
        HealthCheckResponse down = check.call().await().indefinitely();
        assertThat(down.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(down.getData().orElseThrow().toString()).contains("documents wait: The model cannot be used: ");
        assertThat(temporaryFiles()).isZero();

        // When: it is there
        model.set(QUICK);
        write(ingest(jobStorage, late).run(job));

        // Then
        assertThat(state(job)).isEqualTo("ready 3 1");
        assertThat(check.call().await().indefinitely().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private static Embedder embedder(Path folder) {
        try {
            return Embedder.of(folder);
        } catch (UnusableModelException e) {
            throw new UnusableEmbedderException("The model cannot be used: " + e.getMessage(), e);
        }
    }

    @Test
    void aMachineWithoutRoomIsNoDamageOfTheDocument(@TempDir Path folder) throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        TemporaryFiles gone = new TemporaryFiles(folder.resolve("gone"), Clock.systemUTC());
        TemporaryFiles full = new TemporaryFiles(folder, Clock.systemUTC()) {

            private int made;

            @Override
            synchronized TemporaryFile create() throws OutageException {
                made++;
                try {
                    return made == 1
                            ? super.create()
                            : new TemporaryFile(Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full")));
                } catch (IOException e) {
                    throw outage(e);
                }
            }
        };

        // When, Then
        for (TemporaryFiles files : List.of(gone, full)) {
            assertThatThrownBy(() -> ingest(jobStorage, passageEmbedder, files).run(job))
                    .isInstanceOf(OutageException.class)
                    .hasMessageStartingWith("Temporary files cannot be used: ");
        }
        assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("full"));
    }

    @Test
    void aTemporaryFileThatIsGoneHidesNoFailure(@TempDir Path folder) throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        storage.delete(new StorageKey(
                texts(job, "select storage_key from documents where id = ?").get(0)));
        TemporaryFiles swept = new TemporaryFiles(folder, Clock.systemUTC()) {
            @Override
            synchronized TemporaryFile create() throws OutageException {
                TemporaryFile file = super.create();
                file.close();
                return file;
            }
        };

        // When, Then
        assertThatThrownBy(() -> ingest(jobStorage, passageEmbedder, swept).run(job))
                .isInstanceOf(PermanentJobException.class)
                .hasMessageContaining("not in storage any more");
    }

    @Test
    void whatCannotBeReadHasFailedWithTheReason() throws Exception {
        // Given
        Job job = add("application/pdf", "%PDF-1.7 and no more".getBytes(UTF_8));

        // When
        rows.execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values (?, ?, clock_timestamp(), false, 1)""",
                JobType.DOCUMENT_INGEST.code(),
                job.id().toString());

        // Then
        await().until(() -> state(job).equals("failed 3"));
        assertThat(texts(job, "select concat_ws(': ', reason_code, reason) from documents where id = ?"))
                .singleElement()
                .asString()
                .startsWith("damaged: The document is damaged");
        assertThat(events(job))
                .containsExactly("document.failed {\"documentId\":\"%s\",\"version\":3,\"status\":\"failed\"}"
                        .formatted(job.subject()));
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void aResultForBytesThatWereReplacedHasNoEffect() throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        JobResult late = ingest().run(job);
        Job next = new Job(UUID.randomUUID(), job.subject(), 1, null);
        rows.execute(
                "update documents set status = 'queued', job_id = ?, revision = 2 where id = ?",
                next.id(),
                next.subject());

        // When
        write(late);

        // Then
        assertThat(state(job)).isEqualTo("queued 2");
        assertThat(texts(job, "select 1 from passages where document_id = ?")).isEmpty();
        assertThat(events(job)).isEmpty();
        assertThat(ingest().run(job)).isEqualTo(JobResult.NOTHING);

        // When
        write(ingest().run(next));

        // Then
        assertThat(state(job)).isEqualTo("ready 4 1");
    }

    @Test
    void aResultForADeletedDocumentHasNoEffect() throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        JobResult late = ingest().run(job);
        rows.execute("delete from documents where id = ?", job.subject());

        // When
        write(late);

        // Then
        assertThat(texts(job, "select 1 from passages where document_id = ?")).isEmpty();
        assertThat(events(job)).isEmpty();
    }

    @Test
    void bytesThatAreLostAreNotLookedForAgain() throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        storage.delete(new StorageKey(
                texts(job, "select storage_key from documents where id = ?").get(0)));

        // When, Then
        assertThatThrownBy(() -> ingest().run(job))
                .isInstanceOf(PermanentJobException.class)
                .hasMessageContaining("not in storage any more");
        assertThat(temporaryFiles()).isZero();
    }

    @Test
    void storageThatIsAwayIsWaitedFor(@TempDir Path folder) throws Exception {
        // Given
        Job job = add("text/plain", "Take one tablet.".getBytes(UTF_8));
        Path file = Files.createFile(folder.resolve("file"));
        DocumentIngest cutOff = ingest(new JobStorage(settings(file)), passageEmbedder);

        // When, Then
        assertThatThrownBy(() -> cutOff.run(job))
                .isInstanceOf(OutageException.class)
                .hasMessageStartingWith("Storage cannot be used: ");
        assertThat(temporaryFiles()).isZero();
    }

    private Job add(String mediaType, byte[] bytes) throws Exception {
        Job job = new Job(UUID.randomUUID(), UUID.randomUUID(), 1, null);
        StoredObject content =
                storage.write(StorageKey.unique("documents", owner), new ByteArrayInputStream(bytes), bytes.length);
        rows.execute(
                """
                insert into documents (id, owner, name, media_type, sha256, storage_key, bytes, job_id, created_at, updated_at)
                values (?, ?, 'a document', ?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())""",
                job.subject(),
                owner,
                mediaType,
                content.sha256(),
                content.key().value(),
                content.size(),
                job.id());
        rows.execute(
                "insert into jobs (id, type, subject) values (?, ?, ?)",
                job.id(),
                JobType.DOCUMENT_INGEST.code(),
                job.subject());
        return job;
    }

    private void write(JobResult result) throws SQLException {
        try (result;
                Transaction transaction = Transaction.begin(pool)) {
            result.write(transaction.connection());
            transaction.commit();
        }
    }

    private String state(Job job) throws SQLException {
        return texts(job, "select concat_ws(' ', status, version, pages, passage_count) from documents where id = ?")
                .get(0);
    }

    private List<String> events(Job job) throws SQLException {
        return rows.events(job.subject());
    }

    private List<String> texts(Job job, String query) throws SQLException {
        return rows.texts(query, job.subject());
    }

    private long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
