package io.sluice.worker.images;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.is;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.imaging.UndecodableImageException.Reason;
import io.sluice.runtime.database.Transaction;
import io.sluice.settings.DetectorSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageKey;
import io.sluice.storage.Storages;
import io.sluice.storage.StoredObject;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import io.sluice.worker.jobs.JobResult;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.sluice.worker.outbox.Outbox;
import io.sluice.worker.storage.JobStorage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the bytes of an image in a directory to its rows in PostgreSQL, its pictures and its event. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class ImageAnalysisTest {

    private static final Path FOLDER = AllFeatures.FOLDER;

    /** The discs of {@link TestImages#turnedPhoto()}: box, centre and radius. */
    private static final double[][] DISCS = {{80, 60, 80, 80, 120, 100, 40}, {50, 190, 60, 60, 80, 220, 30}};

    private final String owner = "alice-" + UUID.randomUUID();
    private final Storage storage = Storages.open(settings(FOLDER));
    private final ImageAnalysis analysis;
    private final AgroalDataSource pool;
    private final Outbox outbox;
    private final ImageRows rows;

    ImageAnalysisTest(ImageAnalysis analysis, AgroalDataSource pool, Outbox outbox) throws IOException {
        this.analysis = analysis;
        this.outbox = outbox;
        this.pool = pool;
        this.rows = new ImageRows(pool);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static StorageSettings settings(Path folder) {
        return Environment.read(
                Map.of(Setting.STORAGE_URL.name(), folder.toUri().toString())::get, StorageSettings::new);
    }

    private static Detectors detectors(Map<String, String> settings) {
        return new Detectors(Environment.read(settings::get, DetectorSettings::new));
    }

    private StoredObject stored(byte[] content) throws IOException {
        return storage.write(StorageKey.unique("images", owner), new ByteArrayInputStream(content), content.length);
    }

    private void write(JobResult result) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            result.write(transaction.connection());
            transaction.commit();
        }
    }

    @Test
    void anImageIsAnalysedByTheProgram() throws Exception {
        // Given
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));

        // When
        rows.schedule(job);

        // Then
        await().until(() -> rows.state(job).equals("done 3"));
        assertThat(rows.texts(
                        job,
                        "select concat_ws(' ', width, height, detector, detector_version) from images where id = ?"))
                .containsExactly("200 300 builtin 1");
        assertDiscs(job);
        assertThat(rows.events(job))
                .containsExactly("image.analysed {\"imageId\":\"%s\",\"version\":3,\"status\":\"done\",\"objects\":2}"
                        .formatted(job.subject()));
        BufferedImage overlay = picture(job, "overlay");
        assertThat(overlay.getWidth()).isEqualTo(200);
        assertThat(overlay.getHeight()).isEqualTo(300);
        BufferedImage mask = picture(job, "mask");
        assertThat(mask.getRGB(120, 100)).isEqualTo(0xffffffff);
        assertThat(mask.getRGB(80, 220)).isEqualTo(0xffffffff);
        assertThat(mask.getRGB(10, 10)).isEqualTo(0xff000000);
    }

    private void assertDiscs(Job job) throws SQLException {
        List<String> objects = rows.objects(job);
        assertThat(objects).hasSize(DISCS.length);
        for (int i = 0; i < DISCS.length; i++) {
            double[] object = Stream.of(objects.get(i).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(object).containsExactly(DISCS[i], within(1.5));
        }
    }

    private BufferedImage picture(Job job, String name) throws SQLException, IOException {
        try (InputStream png = storage.open(object(job, name))) {
            return ImageIO.read(png);
        }
    }

    private StoredObject object(Job job, String name) throws SQLException {
        String query = "select %1$s_key, %1$s_bytes, %1$s_sha256 from images where id = ?".formatted(name);
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, job.subject());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new StoredObject(new StorageKey(row.getString(1)), row.getLong(2), row.getBytes(3));
            }
        }
    }

    @Test
    void anImageThatCannotBeDecodedFailsWithTheReason() throws Exception {
        // Given
        byte[] photo = TestImages.turnedPhoto();
        Job job = rows.add(owner, stored(Arrays.copyOf(photo, photo.length / 2)));

        // When
        rows.schedule(job);

        // Then
        await().until(() -> rows.state(job).equals("failed 3 " + Reason.TRUNCATED.sentence()));
        assertThat(rows.events(job))
                .containsExactly("image.failed {\"imageId\":\"%s\",\"version\":3,\"status\":\"failed\"}"
                        .formatted(job.subject()));
        assertThat(rows.texts(job, "select concat_ws(' ', state, attempt, failures) from jobs where subject = ?"))
                .containsExactly("failed 1 1");
    }

    @Test
    void aDetectorThatTheWorkerDoesNotHaveFailsTheAnalysisAtOnce() throws Exception {
        // Given
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));
        rows.request(job, "kserve");

        // When
        rows.schedule(job);

        // Then
        await().until(
                        () -> rows.state(job)
                                .equals(
                                        "failed 3 This deployment has no model server, which the detector kserve needs; ask for builtin, or for none."));
        assertThat(rows.texts(job, "select concat_ws(' ', state, attempt, failures) from jobs where subject = ?"))
                .containsExactly("failed 1 1");
    }

    @ParameterizedTest
    @CsvSource({"builtin, kserve", "kserve, builtin"})
    void theDetectorThatIsAskedForIsTheOneThatIsUsed(String configured, String asked) throws Exception {
        try (RecordedServer server = new RecordedServer()) {
            // Given
            server.then("v1-predict");
            ImageAnalysis either = new ImageAnalysis(
                    pool,
                    new JobStorage(settings(FOLDER)),
                    detectors(Map.of(
                            "DETECTOR",
                            configured,
                            "MODEL_SERVER_URL",
                            server.url().toString(),
                            "MODEL_NAME",
                            "circles")),
                    outbox,
                    Clock.systemUTC());
            Job first = rows.add(owner, stored(TestImages.turnedPhoto()));

            // When
            write(either.run(first));

            // Then
            assertThat(detector(first)).isEqualTo(configured);

            // When
            Job second = rows.again(first);
            rows.request(second, asked);
            write(either.run(second));

            // Then
            assertThat(detector(second)).isEqualTo(asked);
        }
    }

    private String detector(Job job) throws SQLException {
        return rows.texts(job, "select detector from images where id = ?").get(0);
    }

    @Test
    void anotherAnalysisTakesThePlaceOfTheFirst() throws Exception {
        // Given
        Job first = rows.add(owner, stored(TestImages.turnedPhoto()));
        write(analysis.run(first));
        HashSet<StorageKey> keys = new HashSet<>(
                List.of(object(first, "overlay").key(), object(first, "mask").key()));

        // When
        Job second = rows.again(first);
        write(analysis.run(second));

        // Then
        assertThat(rows.state(second)).isEqualTo("done 6");
        assertDiscs(second);
        keys.addAll(
                List.of(object(second, "overlay").key(), object(second, "mask").key()));
        assertThat(keys).as("keys are never used again").hasSize(4);
    }

    @Test
    void thePicturesOfTheFirstAreDeletedWhenTheSecondIsWritten() throws Exception {
        // Given
        Job first = rows.add(owner, stored(TestImages.turnedPhoto()));
        rows.schedule(first);
        await().until(() -> rows.state(first).equals("done 3"));
        StoredObject overlay = object(first, "overlay");
        StoredObject mask = object(first, "mask");

        // When
        Job second = rows.again(first);
        rows.schedule(second);

        // Then
        await().until(() -> rows.state(second).equals("done 6"));
        await().untilAsserted(() -> {
            for (StoredObject replaced : List.of(overlay, mask)) {
                assertThat(FOLDER.resolve(replaced.key().value())).doesNotExist();
            }
        });
        for (String name : List.of("overlay", "mask")) {
            assertThat(FOLDER.resolve(object(second, name).key().value())).exists();
        }
    }

    @Test
    void anAnalysisThatFailsLeavesWhatAnEarlierOneHasFound() throws Exception {
        // Given
        Job first = rows.add(owner, stored(TestImages.turnedPhoto()));
        write(analysis.run(first));
        Job second = rows.again(first);

        // When
        write(transaction -> analysis.giveUp(transaction, second, new JobFailure("internal-error", "It failed.")));

        // Then
        assertThat(rows.state(second)).isEqualTo("failed 5 It failed.");
        assertDiscs(second);
    }

    @Test
    void anotherAttemptFindsTheImageRunning() throws Exception {
        // Given
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));

        // When
        JobResult result = analysis.run(job);
        analysis.run(job);

        // Then
        assertThat(rows.state(job)).isEqualTo("running 2");
        assertThat(result).isNotSameAs(JobResult.NOTHING);
    }

    @Test
    void anImageThatIsGoneIsNotAnalysed() throws Exception {
        // Given
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));
        rows.delete(job);

        // When and then
        assertThat(analysis.run(job)).isSameAs(JobResult.NOTHING);
    }

    @Test
    void anImageThatIsDeletedMeanwhileEndsWithoutEffect() throws Exception {
        // Given
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));
        JobResult result = analysis.run(job);

        // When
        rows.delete(job);
        write(result);
        write(transaction -> analysis.giveUp(transaction, job, new JobFailure("internal-error", "It failed.")));

        // Then
        assertThat(rows.objects(job)).isEmpty();
        assertThat(rows.events(job)).isEmpty();
    }

    @Test
    void anAnalysisThatALaterOneWasOrderedBehindHasNoEffect() throws Exception {
        // Given
        Job first = rows.add(owner, stored(TestImages.turnedPhoto()));
        JobResult result = analysis.run(first);

        // When
        Job second = rows.again(first);
        write(result);

        // Then
        assertThat(rows.state(second)).isEqualTo("queued 3");
        assertThat(rows.events(second)).isEmpty();
        assertThat(analysis.run(first)).isSameAs(JobResult.NOTHING);
    }

    @Test
    void bytesThatAreLostOrChangedAreTold() throws Exception {
        // Given
        StoredObject lost = stored(TestImages.turnedPhoto());
        Job first = rows.add(owner, lost);
        storage.delete(lost.key());
        StoredObject changed = stored(new byte[] {1});
        Job second = rows.add(owner, changed);
        Files.write(FOLDER.resolve(changed.key().value()), new byte[] {2});

        // When and then
        assertThatThrownBy(() -> analysis.run(first))
                .isInstanceOf(PermanentJobException.class)
                .hasMessageContaining("not in storage any more");
        assertThatThrownBy(() -> analysis.run(second))
                .isInstanceOf(PermanentJobException.class)
                .hasMessageContaining("not those that were uploaded");
    }

    @Test
    void healthNamesStorageAndStaysUpWithoutIt() throws Exception {
        awaitHealth("storage", "can be used");
        awaitHealth("detector", "builtin");

        // When
        Path unmounted = FOLDER.resolveSibling("unmounted");
        Files.move(FOLDER, unmounted);

        // Then
        try {
            awaitHealth("storage", "jobs wait: The directory " + FOLDER + " cannot be used; is its volume mounted?");
        } finally {
            Files.move(unmounted, FOLDER);
        }
        awaitHealth("storage", "can be used");
    }

    private static void awaitHealth(String check, String detail) {
        await().untilAsserted(() -> given().get("/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == '%s' }.data.detail".formatted(check), is(detail)));
    }

    @Test
    void storageThatIsAwayIsWaitedFor(@TempDir Path folder) throws Exception {
        // Given: a file where the directory should be
        Job job = rows.add(owner, stored(TestImages.turnedPhoto()));
        Path file = Files.createFile(folder.resolve("file"));
        ImageAnalysis away =
                new ImageAnalysis(pool, new JobStorage(settings(file)), detectors(Map.of()), outbox, Clock.systemUTC());

        // When and then
        assertThatThrownBy(() -> away.run(job))
                .isInstanceOf(OutageException.class)
                .hasMessageStartingWith("Storage cannot be used: ");
    }
}
