package io.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Storage of objects. An object is there as a whole or not at all, and is never changed. Safe for use by several threads, and by
 * several processes on the same directory or bucket.
 */
public interface Storage extends AutoCloseable {

    /**
     * Writes an object, and returns once it is durable. After an exception nothing is stored under the key, unless storage was
     * unreachable in the meantime: then it may be, and is found by {@link #list}.
     *
     * @param key a key that was never used
     * @param bytes the content; read to its end, not closed
     * @param maxBytes number of bytes that are allowed
     * @throws ContentTooLargeException if there are more bytes
     * @throws StorageException if storage fails; {@link StorageFailure#KEY_IN_USE} if there is an object already
     * @throws IOException what reading {@code bytes} throws, as it is
     */
    StoredObject write(StorageKey key, InputStream bytes, long maxBytes) throws IOException;

    /**
     * Opens an object. The last byte is handed out only if all of them have the size and SHA-256 that were written; otherwise reading
     * throws {@link StorageFailure#CHANGED}.
     *
     * @throws StorageException if storage fails; {@link StorageFailure#MISSING} if there is no object, {@link StorageFailure#CHANGED}
     *     if it has another size
     */
    InputStream open(StoredObject object) throws StorageException;

    /**
     * Opens part of an object. Its size is checked, its SHA-256 cannot be.
     *
     * @throws IllegalArgumentException if the object ends before the range does
     * @throws StorageException as of {@link #open(StoredObject)}
     */
    InputStream open(StoredObject object, ByteRange range) throws StorageException;

    /**
     * Deletes the object if there is one.
     *
     * @throws StorageException if storage fails
     */
    void delete(StorageKey key) throws StorageException;

    /**
     * Lists the objects in a folder and the folders in it, in no particular order. What is written or deleted meanwhile may be listed or
     * not. To be closed.
     *
     * @param folder the first segments of their keys, without a {@code /} at the end
     * @throws StorageException if storage fails; while the stream is read, it throws {@link java.io.UncheckedIOException}
     */
    Stream<ListedObject> list(String folder) throws StorageException;

    /**
     * Checks that storage can be used, for a readiness check.
     *
     * @throws StorageException if not
     */
    void check() throws StorageException;

    /** Releases connections. Streams that are open end early. */
    @Override
    void close();
}
