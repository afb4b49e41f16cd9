package io.sluice.api.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.Sql;
import io.sluice.api.database.Texts;
import io.sluice.api.http.request.Caller;
import io.sluice.api.storage.Uploads.Upload;
import io.sluice.storage.DirectoryStorage;
import io.sluice.storage.ListedObject;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.testkit.SluiceServers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageUploadsTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Caller alice = new Caller("alice-" + UUID.randomUUID(), TRACEPARENT);
    private final Caller bob = new Caller("bob-" + UUID.randomUUID(), null);
    private final Sql sql;
    private final ImageStore store;

    @TempDir
    Path folder;

    private Storage storage;
    private ImageUploads uploads;
    private Path photo;

    ImageUploadsTest(Sql sql, ImageStore store) {
        this.sql = sql;
        this.store = store;
    }

    @BeforeEach
    void open() throws IOException {
        storage = DirectoryStorage.open(folder.resolve("data"), Clock.systemUTC());
        uploads = new ImageUploads(storage, store);
        photo = Files.write(folder.resolve("photo"), TestImages.of("jpeg", 30, 20, BufferedImage.TYPE_INT_RGB, false));
    }

    @Test
    void anImageIsMadeWithItsBytesItsJobAndItsEvent() throws IOException {
        // When
        Upload<Image> upload = uploads.add(alice, photo);

        // Then
        Image image = upload.row();
        assertThat(upload.created()).isTrue();
        assertThat(image.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(image.width()).isEqualTo(30);
        assertThat(image.height()).isEqualTo(20);
        assertThat(image.status()).isEqualTo("queued");
        assertThat(image.version()).isEqualTo(1);
        try (InputStream bytes = storage.open(image.content())) {
            assertThat(bytes.readAllBytes()).isEqualTo(Files.readAllBytes(photo));
        }
        assertThat(texts("select concat_ws(' ', job_id) from images where id = ?", image))
                .isEqualTo(texts("select concat_ws(' ', id) from jobs where subject = ?", image))
                .hasSize(1);
        assertThat(texts("select traceparent from jobs where subject = ?", image))
                .containsExactly(TRACEPARENT);
        assertThat(texts(
                        "select convert_from(record_value, 'UTF8') from outbox where aggregate = cast(? as text)",
                        image))
                .singleElement()
                .asString()
                .contains("{\"imageId\":\"%s\",\"version\":1,\"status\":\"queued\"}".formatted(image.id()));
    }

    @Test
    void theSameBytesOfOneCallerAreOneImage() throws IOException {
        // Given
        Upload<Image> first = uploads.add(alice, photo);

        // When
        Upload<Image> again = uploads.add(alice, photo);
        Upload<Image> bobs = uploads.add(bob, photo);

        // Then
        assertThat(again.created()).isFalse();
        assertThat(again.row().id()).isEqualTo(first.row().id());
        assertThat(bobs.created()).isTrue();
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        first.row().content().key(), bobs.row().content().key());
    }

    @Test
    void twentyAtOnceAreOneImage() throws Exception {
        // Given
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Callable<Upload<Image>> upload = () -> uploads.add(alice, photo);

        // When
        List<Future<Upload<Image>>> all = callers.invokeAll(Collections.nCopies(20, upload));
        callers.shutdown();

        // Then
        List<Upload<Image>> results = new ArrayList<>();
        for (Future<Upload<Image>> each : all) {
            results.add(each.get());
        }
        assertThat(results).filteredOn(Upload::created).hasSize(1);
        Image image = results.get(0).row();
        assertThat(results).allMatch(each -> each.row().id().equals(image.id()));
        assertThat(keys()).containsExactly(image.content().key());
        assertThat(texts("select type from jobs where subject = ?", image)).hasSize(1);
        assertThat(texts("select aggregate from outbox where aggregate = cast(? as text)", image))
                .hasSize(1);
    }

    @Test
    void anImageWhoseAnalysisFailedIsAnalysedAgain() throws IOException {
        // Given
        Image failed = uploads.add(alice, photo).row();
        texts("update images set status = 'failed', reason = 'worker gone' where id = ? returning owner", failed);

        // When
        Upload<Image> again = uploads.add(alice, photo);

        // Then
        assertThat(again.created()).isFalse();
        assertThat(again.row().status()).isEqualTo("queued");
        assertThat(again.row().reason()).isNull();
        assertThat(again.row().version()).isEqualTo(2);
        assertThat(texts("select state from jobs where subject = ?", failed)).containsExactly("queued", "queued");
        assertThat(keys()).containsExactly(failed.content().key());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesThatWereLostAreStoredAnew(boolean changed) throws IOException {
        // Given
        Image image = uploads.add(alice, photo).row();
        Path file = folder.resolve("data").resolve(image.content().key().value());
        if (changed) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1]++;
            Files.write(file, bytes);
        } else {
            Files.delete(file);
        }

        // When
        Upload<Image> again = uploads.add(alice, photo);

        // Then
        assertThat(again.created()).isFalse();
        assertThat(again.row().id()).isEqualTo(image.id());
        assertThat(again.row().status()).isEqualTo("queued");
        assertThat(again.row().version()).isEqualTo(2);
        StorageKey key = again.row().content().key();
        assertThat(key).isNotEqualTo(image.content().key());
        assertThat(keys()).containsExactly(key);
        try (InputStream bytes = storage.open(again.row().content())) {
            assertThat(bytes.readAllBytes()).isEqualTo(Files.readAllBytes(photo));
        }
        assertThat(texts("select type from jobs where subject = ?", image)).hasSize(2);
        assertThat(texts("select concat_ws(' ', job_id) from images where id = ?", image))
                .isEqualTo(texts(
                        "select concat_ws(' ', id) from jobs where subject = ? order by created_at desc limit 1",
                        image));
    }

    @Test
    void lostBytesThatComeTwentyTimesAtOnceAreStoredOnce() throws Exception {
        // Given
        Image image = uploads.add(alice, photo).row();
        storage.delete(image.content().key());
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Callable<Upload<Image>> upload = () -> uploads.add(alice, photo);

        // When
        for (Future<Upload<Image>> each : callers.invokeAll(Collections.nCopies(20, upload))) {
            assertThat(each.get().row().id()).isEqualTo(image.id());
        }
        callers.shutdown();

        // Then
        assertThat(keys())
                .extracting(StorageKey::value)
                .isEqualTo(texts("select storage_key from images where id = ?", image));
        assertThat(texts("select type from jobs where subject = ?", image)).hasSize(2);
    }

    @Test
    void whatIsNoImageLeavesNothing() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("text"), "hello");

        // When, Then
        assertThatThrownBy(() -> uploads.add(alice, text)).isInstanceOf(ImageRefusedException.class);
        assertThat(keys()).isEmpty();
    }

    @Test
    void withoutStorageThereIsNoImage() throws IOException {
        // Given
        Files.move(folder.resolve("data"), folder.resolve("unmounted"));

        // When, Then
        assertThatThrownBy(() -> uploads.add(alice, photo)).isInstanceOf(StorageException.class);
        assertThat(sql.<Boolean>query("select from images where owner = ?", List.of(alice.name()), rows -> rows.next()))
                .isFalse();
    }

    private List<String> texts(String query, Image image) {
        return Texts.of(sql, query, image.id());
    }

    private List<StorageKey> keys() throws IOException {
        try (Stream<ListedObject> objects = storage.list("images")) {
            return objects.map(ListedObject::key).toList();
        }
    }
}
