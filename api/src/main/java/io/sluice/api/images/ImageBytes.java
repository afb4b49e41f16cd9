package io.sluice.api.images;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of an image, one after the other. Each method throws {@link java.io.EOFException} where the image ends before. */
final class ImageBytes {

    private static final int BYTE = 0xff;

    private final DataInputStream input;

    ImageBytes(InputStream input) {
        this.input = new DataInputStream(input);
    }

    int unsignedByte() throws IOException {
        return input.readUnsignedByte();
    }

    /** Two bytes, the larger one first. */
    int bigEndian16() throws IOException {
        return input.readUnsignedShort();
    }

    /** Four bytes, the largest one first. */
    long bigEndian32() throws IOException {
        return Integer.toUnsignedLong(input.readInt());
    }

    /** Some bytes, 1 to 7, the smallest one first. */
    long littleEndian(int count) throws IOException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) (unsignedByte() & BYTE) << (Byte.SIZE * i);
        }
        return value;
    }

    /** The four characters of a chunk's name. */
    String name() throws IOException {
        byte[] name = new byte[4];
        input.readFully(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    void skip(long count) throws IOException {
        input.skipNBytes(count);
    }
}
