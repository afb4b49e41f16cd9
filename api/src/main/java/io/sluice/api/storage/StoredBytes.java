package io.sluice.api.storage;

import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way from storage to a client. Reading blocks; the first chunk is read before the answer begins. */
public final class StoredBytes {

    private static final int CHUNK_BYTES = 64 << 10;

    private final InputStream input;
    private final byte[] first;
    private final long length;
    private long left;

    /**
     * Reads the first chunk.
     *
     * @param input is closed by {@link #close}, or if this fails
     * @param length number of bytes that it has
     * @throws IOException what the input throws
     */
    StoredBytes(InputStream input, long length) throws IOException {
        this.input = input;
        this.length = length;
        this.left = length;
        try {
            this.first = read();
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    /** The number of bytes in all. */
    long length() {
        return length;
    }

    byte[] first() {
        return first;
    }

    /** True if there is nothing left to be read. */
    boolean isRead() {
        return left == 0;
    }

    /** Reads the next chunk. */
    byte[] read() throws IOException {
        byte[] chunk = input.readNBytes((int) Math.min(CHUNK_BYTES, left));
        left -= chunk.length;
        return chunk;
    }

    void close() throws IOException {
        input.close();
    }
}
