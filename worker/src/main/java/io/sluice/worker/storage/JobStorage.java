package io.sluice.worker.storage;

import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.StorageSettings;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageFailure;
import io.sluice.storage.StorageKey;
import io.sluice.storage.Storages;
import io.sluice.storage.StoredObject;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Storage, as jobs see it. Opened when it is first used: it may be away at the start, and without jobs it is not needed. */
@Singleton
public class JobStorage {

    private static final Logger LOG = Logger.getLogger(JobStorage.class.getName());

    /** Code of the failure of a job whose bytes are gone, or are others. */
    public static final String CONTENT_LOST = "content-lost";

    private static final String CHANGED = "The stored bytes are not those that were uploaded; upload them again.";

    private final StorageSettings settings;

    /** Guarded by this. */
    private @Nullable Storage storage;

    public JobStorage(StorageSettings settings) {
        this.settings = settings;
    }

    /** Makes something of bytes. */
    private interface Reader<T> {
        T read(InputStream bytes) throws IOException;
    }

    /**
     * All bytes of an object; empty if it is not there.
     *
     * @throws OutageException if storage is away
     * @throws PermanentJobException if the bytes are not those that were written
     */
    public Optional<byte[]> read(StoredObject object) throws OutageException, PermanentJobException, IOException {
        return read(object, InputStream::readAllBytes);
    }

    /**
     * Copies an object into a file, in place of what that has; false if there is no object.
     *
     * @throws IOException if the file cannot be written
     * @throws OutageException as {@link #read(StoredObject)}
     * @throws PermanentJobException the same
     */
    public boolean copy(StoredObject object, Path file) throws OutageException, PermanentJobException, IOException {
        return read(object, bytes -> Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING))
                .isPresent();
    }

    private <T> Optional<T> read(StoredObject object, Reader<T> reader)
            throws OutageException, PermanentJobException, IOException {
        try (InputStream bytes = open().open(object)) {
            return Optional.of(reader.read(bytes));
        } catch (StorageException e) {
            return switch (e.failure()) {
                case MISSING -> Optional.empty();
                case CHANGED -> throw new PermanentJobException(CONTENT_LOST, CHANGED);
                case FULL, READ_ONLY, ACCESS_DENIED, UNAVAILABLE -> throw away(e);
                case KEY_IN_USE -> throw e;
            };
        }
    }

    /**
     * Writes an object under a key that was never used.
     *
     * @throws OutageException if storage is away, or takes no more
     */
    public StoredObject write(StorageKey key, byte[] bytes) throws OutageException, IOException {
        try {
            return open().write(key, new ByteArrayInputStream(bytes), bytes.length);
        } catch (StorageException e) {
            if (e.failure() == StorageFailure.KEY_IN_USE) {
                throw e;
            }
            throw away(e);
        }
    }

    /** Deletes objects that no row names any more; what storage does not delete now is left for {@link StorageSweeper}. */
    public void discard(List<StorageKey> keys) {
        try {
            for (StorageKey key : keys) {
                open().delete(key);
            }
        } catch (StorageException e) {
            LogLine.of("objects-left")
                    .with("objects", keys.size())
                    .with("reason", e.getMessage())
                    .write(LOG, Level.DEBUG);
        }
    }

    /**
     * Checks that storage can be used; blocks.
     *
     * @throws StorageException if not
     */
    void check() throws StorageException {
        open().check();
    }

    private static OutageException away(StorageException e) {
        return new OutageException("Storage cannot be used: " + e.getMessage(), e);
    }

    /**
     * Gives the storage. Blocks.
     *
     * @throws StorageException if it is a directory that cannot be made or read; the next call tries again
     */
    synchronized Storage open() throws StorageException {
        if (storage == null) {
            storage = Storages.open(settings);
        }
        return storage;
    }

    @PreDestroy
    synchronized void close() {
        if (storage != null) {
            storage.close();
        }
    }
}
