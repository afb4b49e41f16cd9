package io.sluice.worker.documents;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.JobType;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.storage.Storages;
import io.sluice.storage.StoredObject;
import io.sluice.testkit.PdfFile;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.Rows;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No text of a document is logged, whatever it fails by, at whatever level. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class DocumentLogsTest {

    private static final String CANARY = "Kanarienvogel";

    private final String owner = "alice-" + UUID.randomUUID();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = LogContext.getLogContext().getLogger("");
    private final Logger ours = LogContext.getLogContext().getLogger("io.sluice");
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
            StringWriter line = new StringWriter();
            line.append(record.getLoggerName())
                    .append(" ")
                    .append(record.getMessage() + Arrays.toString(record.getParameters()))
                    .append(String.valueOf(record.getMdcCopy()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(line, true));
            }
            logged.add(line.toString());
        }
    };
    private final Storage storage;
    private final Rows rows;

    DocumentLogsTest(AgroalDataSource pool) throws StorageException {
        storage = Storages.open(Environment.read(
                Map.of(Setting.STORAGE_URL.name(), AllFeatures.FOLDER.toUri().toString())::get, StorageSettings::new));
        rows = new Rows(pool);
    }

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.DEBUG);
        ours.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() throws SQLException {
        root.removeHandler(handler);
        root.setLevel(Level.INFO);
        ours.setLevel(null);
        storage.close();
        rows.execute("alter table passages drop constraint if exists canary");
        rows.execute("delete from documents where owner = ?", owner);
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf, '%PDF-1.7\n1 0 obj << /Type /Kanarienvogel (Kanarienvogel >> [ Kanarienvogel endobj\n startxref Kanarienvogel %%EOF', damaged",
        "text/plain, 'Kanarienvogel \u00ff\u00fe', not-utf-8",
        "text/html, '<meta charset=Kanarienvogel><p>Kanarienvogel', not-utf-8",
        "text/html, '<!-- Kanarienvogel --><script>Kanarienvogel</script>', no-text",
        "text/markdown, '<!-- Kanarienvogel -->', no-text"
    })
    void whatCannotBeRead(String mediaType, String content, String reason) throws Exception {
        // When
        UUID document = add(mediaType, content.getBytes(ISO_8859_1));

        // Then
        await().until(() -> state(document).equals("failed " + reason));
        await().until(() -> logged.stream().anyMatch(line -> line.contains("job-given-up")));
        assertThat(logged).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void whatPdfboxMeetsInADocumentThatIsRead() throws Exception {
        // Given: a font of another name, without a map of its characters, and operators that are none
        Charset bytes = ISO_8859_1;
        byte[] pdf = new String(PdfFile.of("Take one tablet a day."), bytes)
                .replace("/Helvetica", "/" + CANARY)
                .replace("/Type1", "/Type9")
                .getBytes(bytes);

        // When
        UUID document = add("application/pdf", pdf);

        // Then
        await().until(() ->
                !state(document).startsWith("queued") && !state(document).startsWith("running"));
        assertThat(logged).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void whatPostgresqlRefuses() throws Exception {
        // Given
        rows.execute("alter table passages add constraint canary check (text not like '%" + CANARY + "%')");

        // When
        UUID document = add("text/plain", ("# " + CANARY + " takes one tablet a day.").getBytes(UTF_8));

        // Then
        await().until(() -> logged.stream().anyMatch(line -> line.contains("job-retried")));
        assertThat(logged).noneMatch(line -> line.contains(CANARY));
        assertThat(rows.texts("select reason from jobs where subject = '%s'".formatted(document)))
                .noneMatch(reason -> reason.contains(CANARY));
    }

    private UUID add(String mediaType, byte[] bytes) throws Exception {
        UUID document = UUID.randomUUID();
        UUID job = UUID.randomUUID();
        StoredObject content =
                storage.write(StorageKey.unique("documents", owner), new ByteArrayInputStream(bytes), bytes.length);
        rows.execute(
                """
                insert into documents (id, owner, name, media_type, sha256, storage_key, bytes, job_id, created_at, updated_at)
                values (?, ?, 'a document', ?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp())""",
                document,
                owner,
                mediaType,
                content.sha256(),
                content.key().value(),
                content.size(),
                job);
        rows.execute(
                "insert into jobs (id, type, subject) values (?, ?, ?)", job, JobType.DOCUMENT_INGEST.code(), document);
        rows.execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values (?, ?, clock_timestamp(), false, 1)""",
                JobType.DOCUMENT_INGEST.code(),
                job.toString());
        return document;
    }

    private String state(UUID document) throws SQLException {
        return rows.texts(
                        "select concat_ws(' ', status, reason_code) from documents where id = '%s'".formatted(document))
                .get(0);
    }
}
