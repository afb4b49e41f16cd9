package io.sluice.storage;

/**
 * Range of an object's bytes.
 *
 * @param first index of the first byte, from 0
 * @param length number of bytes, from 1
 */
public record ByteRange(long first, long length) {

    /** @throws IllegalArgumentException if it has no bytes */
    public ByteRange {
        if (first < 0 || length < 1 || first + length < 0) {
            throw new IllegalArgumentException("not a range of bytes: " + first + ", " + length);
        }
    }

    /** Index of the last byte. */
    long last() {
        return first + length - 1;
    }
}
