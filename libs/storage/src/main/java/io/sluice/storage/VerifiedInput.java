package io.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Bytes on their way out of storage; a given number, and with a SHA-256 that is compared before the last one is handed out. */
abstract class VerifiedInput extends InputStream {

    private final StoredObject object;
    private final @Nullable MessageDigest digest;
    private long left;

    /** @param range part of the object, whose SHA-256 is then not compared; {@code null} for all of it */
    VerifiedInput(StoredObject object, @Nullable ByteRange range) {
        this.object = object;
        digest = range == null ? Sha256.newDigest() : null;
        left = range == null ? object.size() : range.length();
    }

    /** Reads at least one byte, or returns -1 at the end. */
    abstract int readStored(byte[] buffer, int offset, int length) throws StorageException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = readStored(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw changed(object, "it ends early");
        }
        if (digest != null) {
            digest.update(buffer, offset, read);
            if (read == left && !MessageDigest.isEqual(digest.digest(), object.sha256())) {
                throw changed(object, "it has another SHA-256");
            }
        }
        left -= read;
        return read;
    }

    /** Number of bytes that are yet to be read. */
    final long left() {
        return left;
    }

    static StorageException changed(StoredObject object, String how) {
        return new StorageException(
                StorageFailure.CHANGED,
                "The object " + object.key() + " is not the one that was written: " + how + ".",
                null);
    }
}
