package io.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Bytes on their way into storage: counted, bounded and hashed. */
final class CountedInput {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Takes a part of the bytes. */
    interface Sink {
        void write(byte[] buffer, int length) throws StorageException;
    }

    private CountedInput() {}

    /**
     * Copies all bytes to the sink.
     *
     * @throws ContentTooLargeException if there are more than allowed; the sink has at most so many then
     * @throws IOException what the input throws, and {@link StorageException} that the sink does
     */
    static StoredObject copy(StorageKey key, InputStream input, long maxBytes, Sink sink) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw new ContentTooLargeException(maxBytes);
            }
            digest.update(buffer, 0, read);
            sink.write(buffer, read);
        }
        return new StoredObject(key, size, digest.digest());
    }
}
