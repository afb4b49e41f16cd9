package io.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest extends ClaimContract {

    @TempDir
    Path folder;

    private Path root;
    private DirectoryStorage storage;

    @BeforeEach
    void openInAFolderThatIsMade() throws IOException {
        root = folder.resolve("data/images");
        storage = DirectoryStorage.open(root, Clock.systemUTC());
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Override
    void tamper(StorageKey key, byte[] bytes) throws IOException {
        Files.write(root.resolve(key.value()), bytes);
    }

    @Test
    void aStartDeletesWhatWritersLeftBehindAndNothingElse() throws IOException {
        // Given
        Path abandoned =
                Files.createFile(root.resolve(".tmp").resolve(UUID.randomUUID().toString()));
        Path beingWritten =
                Files.createFile(root.resolve(".tmp").resolve(UUID.randomUUID().toString()));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61));
        Files.setLastModifiedTime(beingWritten, FileTime.from(later.instant().minus(Duration.ofMinutes(2))));
        StorageKey key = StorageKey.unique("it", "alice");
        storage.write(key, new ByteArrayInputStream(new byte[1]), 1);

        // When
        DirectoryStorage.open(root, later);

        // Then
        assertThat(abandoned).doesNotExist();
        assertThat(beingWritten).exists();
        assertThat(root.resolve(key.value())).hasSize(1);
    }

    @Test
    void aListingGoesOnWhereFilesComeAndGo() throws Exception {
        // Given
        Path alices = Files.createDirectories(root.resolve("it/alice"));
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> comeAndGo(alices));

        // When and then
        while (!changes.isDone()) {
            try (Stream<ListedObject> listed = storage.list("it")) {
                assertThat(listed.count()).isLessThanOrEqualTo(300);
            }
        }
        changes.join();
    }

    private static void comeAndGo(Path folder) {
        try {
            for (int i = 0; i < 20_000; i++) {
                Path file = folder.resolve("f" + i % 300);
                if (!Files.deleteIfExists(file)) {
                    Files.createFile(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDirectoryThatIsGoneIsNotMadeAnew() throws IOException {
        // Given
        StorageKey key = StorageKey.unique("it", "alice");
        StoredObject object = storage.write(key, new ByteArrayInputStream(new byte[1]), 1);
        Files.move(folder.resolve("data"), folder.resolve("unmounted"));
        Files.createDirectories(root);

        // Then
        isUnavailable(() -> storage.write(StorageKey.unique("it", "bob"), new ByteArrayInputStream(new byte[1]), 1));
        isUnavailable(() -> storage.open(object));
        isUnavailable(() -> storage.delete(key));
        isUnavailable(() -> storage.list("it"));
        isUnavailable(storage::check);
    }

    @Test
    void nothingIsMadeInPlaceOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "", UTF_8);

        isUnavailable(() -> DirectoryStorage.open(file, Clock.systemUTC()));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void isUnavailable(Action action) {
        assertThatThrownBy(action::run).satisfies(e -> isFailure(e, StorageFailure.UNAVAILABLE));
    }
}
