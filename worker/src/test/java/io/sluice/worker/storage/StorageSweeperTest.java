package io.sluice.worker.storage;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.settings.Environment;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.Setting;
import io.sluice.settings.StorageSettings;
import io.sluice.storage.ClaimRefusedException;
import io.sluice.storage.ClaimRefusedException.Reason;
import io.sluice.storage.ListedObject;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StorageSweep.Swept;
import io.sluice.storage.Storages;
import io.sluice.storage.StoredObject;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.Rows;
import io.sluice.worker.images.ImageRows;
import io.sluice.worker.jobs.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions from a directory, by what PostgreSQL has, and the times when nothing is deleted. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class StorageSweeperTest {

    private static final Duration NONE = Duration.ofSeconds(-10);
    private static final Duration SECONDS = Duration.ofSeconds(3);

    private final String owner = "alice-" + UUID.randomUUID();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AgroalDataSource pool;
    private final List<StorageFolder> folders;
    private final FeatureSettings features;
    private final Rows rows;
    private final ImageRows images;

    @TempDir
    Path folder;

    private Storage storage;
    private StorageSweeper sweeper;

    StorageSweeperTest(AgroalDataSource pool, @All List<StorageFolder> folders, FeatureSettings features) {
        this.pool = pool;
        this.folders = folders;
        this.features = features;
        this.rows = new Rows(pool);
        this.images = new ImageRows(rows);
    }

    @BeforeEach
    void open() throws Exception {
        // The program's own run is over, in which it claims its own directory.
        await().until(() -> !rows.texts(
                        "select 1 from scheduled_tasks where task_name = 'storage-sweep' and last_success is not null")
                .isEmpty());
        rows.execute("delete from storage_installation");
        sweeper = new StorageSweeper(
                pool, new JobStorage(settings()), folders, features, new SweepMetrics(registry, folders));
        storage = Storages.open(settings());
    }

    @AfterEach
    void close() throws SQLException {
        storage.close();
        rows.execute("delete from storage_installation");
        rows.execute("delete from images where owner = ?", owner);
    }

    private StorageSettings settings() {
        return Environment.read(
                Map.of(Setting.STORAGE_URL.name(), folder.toUri().toString())::get, StorageSettings::new);
    }

    @Test
    void whatNoImageNamesIsDeletedOnceItIsOld() throws Exception {
        // Given
        StoredObject content = write(100);
        StoredObject overlay = write(20);
        StoredObject mask = write(3);
        StoredObject unnamed = write(5);
        Job job = images.add(owner, content);
        rows.execute(
                "update images set overlay_key = ?, mask_key = ? where id = ?",
                overlay.key().value(),
                mask.key().value(),
                job.subject());

        // When
        Swept young = sweeper.sweep(Duration.ofHours(1)).orElseThrow();
        Swept old = sweeper.sweep(NONE).orElseThrow();

        // Then
        assertThat(young.objects()).isZero();
        assertThat(old).isEqualTo(new Swept(1, 5));
        assertThat(keys())
                .containsExactlyInAnyOrder(content.key(), overlay.key(), mask.key())
                .doesNotContain(unnamed.key());
        assertThat(swept("objects", "images")).isEqualTo(1);
        assertThat(swept("bytes", "images")).isEqualTo(5);
        assertThat(swept("objects", "documents")).isZero();
    }

    private double swept(String what, String folder) {
        return registry.get("sluice.worker.storage.swept" + (what.equals("bytes") ? "" : ".objects"))
                .tag("folder", folder)
                .counter()
                .count();
    }

    @Test
    void whatIsDeletedOfDocumentsIsCountedAsThatOfImages() throws Exception {
        // Given
        storage.write(StorageKey.unique("documents", owner), new ByteArrayInputStream(new byte[7]), 7);
        write(5);

        // When
        sweeper.sweep(NONE);

        // Then
        assertThat(swept("objects", "documents")).isEqualTo(1);
        assertThat(swept("bytes", "documents")).isEqualTo(7);
        assertThat(swept("objects", "images")).isEqualTo(1);
    }

    @Test
    void whatWasDeletedBeforeAFailureIsCounted() throws Exception {
        // Given: documents come after images, and PostgreSQL fails at them
        AtomicBoolean asked = new AtomicBoolean();
        List<StorageFolder> failing = folders.stream()
                .<StorageFolder>map(each -> new Failing(each, asked))
                .toList();
        StorageSweeper sweeps = new StorageSweeper(
                pool, new JobStorage(settings()), failing, features, new SweepMetrics(registry, folders));
        write(5);
        storage.write(StorageKey.unique("documents", owner), new ByteArrayInputStream(new byte[7]), 7);

        // When
        assertThatThrownBy(() -> sweeps.sweep(NONE)).isInstanceOf(SQLException.class);

        // Then
        int left = keys("images").size() + keys("documents").size();
        assertThat(left).isEqualTo(1);
        assertThat(swept("objects", "images") + swept("objects", "documents")).isEqualTo(1);
    }

    /** A folder, of which the second that is asked for fails. */
    private record Failing(StorageFolder folder, AtomicBoolean asked) implements StorageFolder {

        @Override
        public String name() {
            return folder.name();
        }

        @Override
        public Feature feature() {
            return folder.feature();
        }

        @Override
        public Set<StorageKey> named(Connection transaction, List<StorageKey> keys) throws SQLException {
            if (asked.getAndSet(true)) {
                throw new SQLException("as if PostgreSQL was away", "08006");
            }
            return folder.named(transaction, keys);
        }
    }

    @Test
    void nothingIsLostWhileImagesAreDeletedAndUploadedAgain() throws Exception {
        // Given
        for (int i = 0; i < 700; i++) {
            write(1 + i % 7);
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        long end = System.nanoTime() + SECONDS.plusSeconds(2).toNanos();
        List<Callable<Integer>> work = new ArrayList<>();
        IntStream.range(0, 4).forEach(i -> work.add(() -> deleteAndUploadAgain(i, end)));
        work.addAll(List.of(() -> sweepUntil(end), () -> sweepUntil(end)));

        // When
        int done = 0;
        for (Future<Integer> each : threads.invokeAll(work)) {
            done += each.get();
        }
        threads.shutdown();

        // Then
        assertThat(done).isGreaterThan(700);
        List<String> named = rows.texts("select storage_key from images where owner = '%s'".formatted(owner));
        assertThat(keys()).extracting(StorageKey::value).containsAll(named);
        assertThat(named).hasSize(4);
    }

    /** The same bytes again and again, each time under another key; counts how often. */
    private int deleteAndUploadAgain(int seed, long end) throws Exception {
        byte[] bytes = new byte[1000];
        new Random(seed).nextBytes(bytes);
        int times = 0;
        while (true) {
            StoredObject content = write(bytes);
            Job job = images.add(owner, content);
            times++;
            if (System.nanoTime() > end) {
                return times;
            }
            try (InputStream stored = storage.open(content)) {
                assertThat(stored.readAllBytes()).isEqualTo(bytes);
            }
            images.delete(job);
            // Each other time as where the api is killed between the two.
            if (times % 2 == 0) {
                storage.delete(content.key());
            }
        }
    }

    private int sweepUntil(long end) throws Exception {
        int swept = 0;
        while (System.nanoTime() < end) {
            swept += sweeper.sweep(SECONDS).map(Swept::objects).orElse(0L).intValue();
        }
        return swept;
    }

    @Test
    void aDatabaseThatWasRestoredFromADumpDeletesNothing() throws Exception {
        // Given
        sweeper.sweep(NONE);
        StoredObject later = write(5);

        // When: as pg_restore writes it
        rows.execute("create table dump as select * from storage_installation");
        rows.execute("delete from storage_installation");
        rows.execute("insert into storage_installation select * from dump");
        rows.execute("drop table dump");

        // Then
        isRefused(Reason.RESTORED);
        assertThat(keys()).containsExactly(later.key());
    }

    @Test
    void aDatabaseThatIsBehindItsStorageDeletesNothingNorDoesTheOther() throws Exception {
        // Given: a copy of this state, which no dump has made, sweeps once more
        sweeper.sweep(NONE);
        sweeper.sweep(NONE);
        setNumber(1);
        StoredObject later = write(5);

        // Then
        isRefused(Reason.AHEAD);

        // When: it is the copy's turn
        setNumber(2);

        // Then
        isRefused(Reason.AHEAD);
        assertThat(keys()).containsExactly(later.key());

        // When: the remedy
        rows.execute("delete from storage_installation");
        try (Stream<ListedObject> claims = storage.list("installation")) {
            for (ListedObject claim : claims.toList()) {
                storage.delete(claim.key());
            }
        }

        // Then
        assertThat(sweeper.sweep(NONE)).contains(new Swept(1, 5));
    }

    private void setNumber(long number) throws SQLException {
        rows.execute("update storage_installation set number = ?, written_by = pg_current_xact_id()", number);
    }

    @Test
    void theStorageOfAnotherDatabaseIsLeftAlone() throws Exception {
        // Given
        sweeper.sweep(NONE);
        StoredObject others = write(5);

        // When
        rows.execute("delete from storage_installation");

        // Then
        isRefused(Reason.FOREIGN);
        assertThat(keys()).containsExactly(others.key());

        // When: run as a job
        sweeper.run();

        // Then
        assertThat(registry.get("sluice.worker.storage.sweeps.failed").counter().count())
                .isEqualTo(1);
    }

    @Test
    void aStorageThatIsNotTheOneThatWasClaimedIsLeftAlone() throws Exception {
        // Given
        sweeper.sweep(NONE);
        StorageKey claim;
        try (Stream<ListedObject> claims = storage.list("installation")) {
            claim = claims.findFirst().orElseThrow().key();
        }
        storage.delete(claim);
        StoredObject others = write(5);

        // Then
        isRefused(Reason.MISSING);
        assertThat(keys()).containsExactly(others.key());
    }

    private void isRefused(Reason reason) {
        assertThatThrownBy(() -> sweeper.sweep(NONE))
                .isInstanceOfSatisfying(
                        ClaimRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private StoredObject write(int size) throws IOException {
        return write(new byte[size]);
    }

    private StoredObject write(byte[] bytes) throws IOException {
        return storage.write(StorageKey.unique("images", owner), new ByteArrayInputStream(bytes), bytes.length);
    }

    private List<StorageKey> keys() throws IOException {
        return keys("images");
    }

    private List<StorageKey> keys(String of) throws IOException {
        try (Stream<ListedObject> objects = storage.list(of)) {
            return objects.map(ListedObject::key).toList();
        }
    }
}
