package io.sluice.storage;

import java.util.HexFormat;

/**
 * Object as it was written; what a row keeps of it.
 *
 * @param key where it is
 * @param size number of bytes
 * @param sha256 SHA-256 of the bytes, 32 bytes
 */
public record StoredObject(StorageKey key, long size, byte[] sha256) {

    /** @throws IllegalArgumentException if the object ends before the range does */
    void requireWithin(ByteRange range) {
        if (range.last() >= size) {
            throw new IllegalArgumentException("the object has " + size + " bytes, so it has none at " + range.last());
        }
    }

    @Override
    public String toString() {
        return key + " (" + size + " bytes, SHA-256 " + HexFormat.of().formatHex(sha256) + ")";
    }
}
