package io.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour that callers rely on, whatever the objects lie in. */
abstract class StorageContract {

    private static final byte[] HELLO = "hello world".getBytes(UTF_8);
    private static final long MAX_BYTES = 10 << 20;

    private String kind;
    private StorageKey key;

    @BeforeEach
    void useNoKeyTwice() {
        kind = "it-" + UUID.randomUUID();
        key = StorageKey.unique(kind, "alice");
    }

    /** Storage under test, shared by the tests of a class. */
    abstract Storage storage();

    /** Replaces the bytes of an object behind the back of storage. */
    abstract void tamper(StorageKey key, byte[] bytes) throws IOException;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 3_000_001})
    void bytesAreReadAsTheyWereWritten(int size) throws Exception {
        // Given
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        // When
        StoredObject object = storage().write(key, new ByteArrayInputStream(bytes), MAX_BYTES);

        // Then
        assertThat(object.key()).isEqualTo(key);
        assertThat(object.size()).isEqualTo(size);
        assertThat(object.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(read(object)).isEqualTo(bytes);
    }

    @Test
    void aRangeIsReadByItself() throws IOException {
        // Given
        StoredObject object = write(key, HELLO);

        // When
        try (InputStream range = storage().open(object, new ByteRange(4, 3))) {

            // Then
            assertThat(range.readAllBytes()).isEqualTo("o w".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> storage().open(object, new ByteRange(4, 8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamMayBeClosedBeforeItsEnd() throws IOException {
        // Given
        StoredObject object = write(key, new byte[2_000_000]);

        // When
        for (int i = 0; i < 20; i++) {
            try (InputStream bytes = storage().open(object)) {
                assertThat(bytes.read()).isZero();
            }
        }

        // Then
        assertThat(read(object)).hasSize(2_000_000);
    }

    @Test
    void aKeyIsUsedOnce() throws IOException {
        // Given
        StoredObject first = write(key, HELLO);

        // When
        assertThatThrownBy(() -> write(key, "something else".getBytes(UTF_8)))
                .satisfies(e -> isFailure(e, StorageFailure.KEY_IN_USE));

        // Then
        assertThat(read(first)).isEqualTo(HELLO);
    }

    @Test
    void ofManyWritersOfOneKeyOneWins() throws Exception {
        // Given
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> writes = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    try {
                        write(key, new byte[] {(byte) i});
                        return i;
                    } catch (StorageException e) {
                        isFailure(e, StorageFailure.KEY_IN_USE);
                        return -1;
                    }
                })
                .toList();

        // When
        List<Future<Integer>> results = writers.invokeAll(writes);
        writers.shutdown();

        // Then
        List<Integer> winners = results.stream()
                .map(StorageContract::resultOf)
                .filter(i -> i >= 0)
                .toList();
        assertThat(winners).hasSize(1);
        byte[] bytes = {winners.get(0).byteValue()};
        assertThat(read(new StoredObject(key, 1, Sha256.newDigest().digest(bytes))))
                .isEqualTo(bytes);
    }

    @Test
    void tooManyBytesLeaveNothing() throws IOException {
        // When
        assertThatThrownBy(() -> storage().write(key, new ByteArrayInputStream(HELLO), HELLO.length - 1))
                .isInstanceOf(ContentTooLargeException.class);

        // Then
        assertThat(listed()).isEmpty();
        assertThat(storage()
                        .write(key, new ByteArrayInputStream(HELLO), HELLO.length)
                        .size())
                .isEqualTo(HELLO.length);
    }

    @Test
    void anUploadThatBreaksLeavesNothing() {
        // Given
        IOException reset = new IOException("connection reset");
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[200_000])) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw reset;
                }
                return read;
            }
        };

        // When
        assertThatThrownBy(() -> storage().write(key, broken, MAX_BYTES)).isSameAs(reset);

        // Then
        assertThat(listed()).isEmpty();
    }

    @Test
    void whatIsDeletedIsMissing() throws IOException {
        // Given
        StoredObject object = write(key, HELLO);

        // When
        storage().delete(key);
        storage().delete(key);

        // Then
        assertThatThrownBy(() -> read(object)).satisfies(e -> isFailure(e, StorageFailure.MISSING));
        assertThatThrownBy(() -> storage().open(object, new ByteRange(0, 1)))
                .satisfies(e -> isFailure(e, StorageFailure.MISSING));
        assertThat(listed()).isEmpty();
    }

    @Test
    void otherBytesOfTheSameSizeAreNotHandedOutAsAWhole() throws IOException {
        // Given
        StoredObject object = write(key, HELLO);
        tamper(key, "hello w0rld".getBytes(UTF_8));

        // When
        try (InputStream bytes = storage().open(object)) {
            byte[] all = new byte[HELLO.length];
            assertThatThrownBy(() -> bytes.readNBytes(all, 0, all.length))
                    .satisfies(e -> isFailure(e, StorageFailure.CHANGED));
        }
    }

    @Test
    void bytesOfAnotherNumberAreNotOpened() throws IOException {
        // Given
        StoredObject object = write(key, HELLO);
        tamper(key, "hello".getBytes(UTF_8));

        // Then
        assertThatThrownBy(() -> storage().open(object)).satisfies(e -> isFailure(e, StorageFailure.CHANGED));
        assertThatThrownBy(() -> storage().open(object, new ByteRange(0, 1)))
                .satisfies(e -> isFailure(e, StorageFailure.CHANGED));
    }

    @Test
    void aFolderIsListedWithWhatIsInItAlone() throws IOException {
        // Given
        StorageKey bobs = StorageKey.unique(kind, "bob");
        write(key, HELLO);
        write(bobs, new byte[3]);
        write(new StorageKey(kind + "-2/a"), HELLO);

        // When
        List<ListedObject> listed = listed();

        // Then
        assertThat(listed).extracting(ListedObject::key).containsExactlyInAnyOrder(key, bobs);
        assertThat(listed).extracting(ListedObject::size).containsExactlyInAnyOrder((long) HELLO.length, 3L);
        assertThat(listed).allSatisfy(object -> assertThat(object.lastModified())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(5))));
    }

    @Test
    void itIsReady() throws IOException {
        storage().check();
    }

    private static int resultOf(Future<Integer> result) {
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static void isFailure(Throwable e, StorageFailure failure) {
        assertThat(e).isInstanceOf(StorageException.class);
        assertThat(((StorageException) e).failure()).as(e.getMessage()).isEqualTo(failure);
    }

    private StoredObject write(StorageKey key, byte[] bytes) throws IOException {
        return storage().write(key, new ByteArrayInputStream(bytes), MAX_BYTES);
    }

    private byte[] read(StoredObject object) throws IOException {
        try (InputStream bytes = storage().open(object)) {
            return bytes.readAllBytes();
        }
    }

    private List<ListedObject> listed() {
        try (Stream<ListedObject> objects = storage().list(kind)) {
            return objects.toList();
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
    }
}
