package io.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a directory, which may be a volume that several processes share. A file is written to {@code .tmp} in the
 * directory, flushed to the disk and renamed then. After a crash it is whole, or what is at its key is an empty file that no row names.
 */
public final class DirectoryStorage implements Storage {

    /** No key begins so. A folder of its own, so that a start need not look through all objects for what was left behind. */
    private static final String TEMPORARIES = ".tmp";

    /** A writer that has written nothing for so long has ended, of whatever machine it was. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path root;
    private final Path temporaries;

    private DirectoryStorage(Path root) {
        this.root = root;
        temporaries = root.resolve(TEMPORARIES);
    }

    /**
     * Opens the directory; makes it where it is missing, and deletes temporary files that writers left behind over an hour ago.
     *
     * @throws StorageException if it cannot be made or read
     */
    public static DirectoryStorage open(Path root, Clock clock) throws StorageException {
        DirectoryStorage storage = new DirectoryStorage(root.toAbsolutePath().normalize());
        try {
            createFolder(storage.temporaries);
            storage.deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
            return storage;
        } catch (IOException | UncheckedIOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    @Override
    public StoredObject write(StorageKey key, InputStream bytes, long maxBytes) throws IOException {
        Path file = file(key);
        Path temporary = newTemporary();
        try (FileChannel channel = create(temporary)) {
            StoredObject object =
                    CountedInput.copy(key, bytes, maxBytes, (buffer, length) -> append(channel, buffer, length));
            publish(channel, temporary, file);
            return object;
        } finally {
            deleteQuietly(temporary);
        }
    }

    private FileChannel create(Path temporary) throws StorageException {
        try {
            return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    private void append(FileChannel channel, byte[] buffer, int length) throws StorageException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    private void publish(FileChannel channel, Path temporary, Path file) throws StorageException {
        try {
            channel.force(true);
            createFolder(parent(file));
            // A rename replaces silently; an empty file that only one writer can make takes the name first.
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new StorageException(
                    StorageFailure.KEY_IN_USE, "The key " + root.relativize(file) + " is in use.", e);
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            flush(parent(file));
        } catch (IOException e) {
            // Asked for the reason before a file is deleted, which makes space.
            StorageException failure = DirectoryFailure.of(root, e);
            deleteQuietly(file);
            throw failure;
        }
    }

    @Override
    public InputStream open(StoredObject object) throws StorageException {
        return open(object, null);
    }

    @Override
    public InputStream open(StoredObject object, @Nullable ByteRange range) throws StorageException {
        if (range != null) {
            object.requireWithin(range);
        }
        try {
            FileChannel channel = FileChannel.open(file(object.key()), StandardOpenOption.READ);
            try {
                if (channel.size() != object.size()) {
                    throw VerifiedInput.changed(object, "it has " + channel.size() + " bytes");
                }
                if (range != null) {
                    channel.position(range.first());
                }
                return new FileInput(object, range, channel, root);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw missingOr(object.key(), e);
        }
    }

    private StorageException missingOr(StorageKey key, IOException e) {
        // Without its folder the directory is another one, which is the volume's fault and may pass.
        return e instanceof NoSuchFileException && Files.isDirectory(temporaries)
                ? new StorageException(StorageFailure.MISSING, "There is no object " + key + ".", e)
                : DirectoryFailure.of(root, e);
    }

    @Override
    public void delete(StorageKey key) throws StorageException {
        Path file = file(key);
        try {
            if (Files.deleteIfExists(file)) {
                flush(parent(file));
            } else {
                requireRoot();
            }
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    @Override
    public Stream<ListedObject> list(String folder) throws StorageException {
        Path start = root.resolve(StorageKey.requireFolder(folder));
        try {
            requireRoot();
            return entries(start);
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    /** Objects below a folder; not by {@link Files#walk}, which fails where a file is deleted meanwhile. */
    private Stream<ListedObject> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream().flatMap(this::listed);
        } catch (NoSuchFileException deletedMeanwhile) {
            return Stream.empty();
        }
    }

    private Stream<ListedObject> listed(Path entry) {
        String key = root.relativize(entry).toString();
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return entries(entry);
            }
            return attributes.isRegularFile() && StorageKey.isKey(key)
                    ? Stream.of(new ListedObject(
                            new StorageKey(key),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Stream.empty();
        } catch (NoSuchFileException deletedMeanwhile) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(DirectoryFailure.of(root, e));
        }
    }

    /** Writes a byte and deletes it, which a full or a read-only volume refuses. */
    @Override
    public void check() throws StorageException {
        Path temporary = newTemporary();
        try {
            Files.write(temporary, new byte[1], StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    @Override
    public void close() {
        // Files are closed by who opened them.
    }

    /** Checks that the volume has not been unmounted, which can leave an empty directory. */
    private void requireRoot() throws IOException {
        if (!Files.isDirectory(temporaries)) {
            throw new NoSuchFileException(temporaries.toString());
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolder(parent(folder));
            Files.createDirectories(folder);
            flush(parent(folder));
        }
    }

    private void deleteAbandoned(Instant before) throws IOException {
        try (Stream<Path> files = Files.list(temporaries)) {
            files.filter(file -> file.toFile().lastModified() < before.toEpochMilli())
                    .forEach(DirectoryStorage::deleteQuietly);
        }
    }

    private Path newTemporary() {
        return temporaries.resolve(UUID.randomUUID().toString());
    }

    private Path file(StorageKey key) {
        return root.resolve(key.value());
    }

    /** Makes the names in a folder durable. */
    private static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no parent");
        }
        return parent;
    }

    /** Deletes a file; one that stays is deleted at a later start. */
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // The failure before it is the one to tell of.
        }
    }
}
