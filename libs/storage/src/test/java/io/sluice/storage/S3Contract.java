package io.sluice.storage;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.FreePort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 as real servers speak it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Contract extends ClaimContract {

    private S3Server server;
    private Storage storage;
    private S3Client client;

    @TempDir
    Path folder;

    abstract S3Server startServer(Path folder) throws IOException;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = startServer(folder);
        storage = open(Map.of());
        client = S3Clients.of(server.settings(Map.of()));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            client.close();
            storage.close();
            server.close();
        }
    }

    private Storage open(Map<String, String> settings) throws StorageException {
        return Storages.open(server.settings(settings));
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Override
    void tamper(StorageKey key, byte[] bytes) {
        client.putObject(put -> put.bucket(S3Server.BUCKET).key("installation/" + key), RequestBody.fromBytes(bytes));
    }

    @Test
    void aPutWhoseResponseIsLostIsRepeatedAndNotTakenForAnothers() throws IOException {
        try (LostResponse lossy = LostResponse.start(server.port());
                Storage storage = open(Map.of("S3_ENDPOINT", "http://127.0.0.1:" + lossy.port()))) {
            // When
            StoredObject object = storage.write(
                    StorageKey.unique("images", "alice"), new ByteArrayInputStream(new byte[100_000]), 100_000);

            // Then
            assertThat(lossy.lost()).isEqualTo(1);
            try (InputStream bytes = storage.open(object)) {
                assertThat(bytes.readAllBytes()).hasSize(100_000);
            }
        }
    }

    @Test
    void aServerThatIsAwayIsUnavailable() throws IOException {
        isRefused(Map.of("S3_ENDPOINT", "http://127.0.0.1:" + FreePort.find()), StorageFailure.UNAVAILABLE);
    }

    @Test
    void aBucketThatIsNotThereIsUnavailable() throws IOException {
        isRefused(Map.of("STORAGE_URL", "s3://elsewhere"), StorageFailure.UNAVAILABLE);
    }

    @Test
    void aWrongKeyIsDenied() throws IOException {
        isRefused(Map.of("S3_SECRET_ACCESS_KEY", "wrong"), StorageFailure.ACCESS_DENIED);
    }

    private void isRefused(Map<String, String> settings, StorageFailure failure) throws IOException {
        try (Storage storage = open(settings)) {
            assertThatThrownBy(() -> storage.write(
                            StorageKey.unique("images", "alice"), new ByteArrayInputStream(new byte[1]), 1))
                    .satisfies(e -> isFailure(e, failure))
                    .hasMessageNotContaining(S3Server.SECRET);
            assertThatThrownBy(storage::check).satisfies(e -> isFailure(e, failure));
        }
    }

    @Test
    void keysInAFileAreReadAgainWhenTheyChange() throws IOException {
        // Given
        Path file = folder.resolve("credentials");
        writeKeys(file, "outdated", Instant.now().minusSeconds(60));
        Map<String, String> settings = Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", file.toString(),
                "S3_ACCESS_KEY_ID", "",
                "S3_SECRET_ACCESS_KEY", "");
        try (Storage storage = open(settings)) {
            assertThatThrownBy(storage::check).satisfies(e -> isFailure(e, StorageFailure.ACCESS_DENIED));

            // When
            writeKeys(file, S3Server.SECRET, Instant.now());

            // Then
            await().ignoreExceptions().untilAsserted(storage::check);
        }
    }

    private static void writeKeys(Path file, String secret, Instant time) throws IOException {
        Files.writeString(
                file, "[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n".formatted(S3Server.KEY, secret));
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
