package io.sluice.api.storage;

import io.sluice.api.http.response.ResponseChunks;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Bytes on their way from storage to a client. Reading blocks; the first chunk is read before the answer begins. */
final class StoredBytes implements ResponseChunks {

    private static final int CHUNK_BYTES = 64 << 10;

    /** The head of the answer is sent: there is nobody to be told. */
    private static final String UNTOLD = "";

    private final StorageCalls calls;
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
    StoredBytes(StorageCalls calls, InputStream input, long length) throws IOException {
        this.calls = calls;
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

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public byte[] first() {
        return first;
    }

    @Override
    public boolean isRead() {
        return left == 0;
    }

    @Override
    public Uni<byte[]> next() {
        return calls.call(this::read, UNTOLD, UNTOLD);
    }

    private byte[] read() throws IOException {
        byte[] chunk = input.readNBytes((int) Math.min(CHUNK_BYTES, left));
        left -= chunk.length;
        return chunk;
    }

    void close() throws IOException {
        input.close();
    }
}
