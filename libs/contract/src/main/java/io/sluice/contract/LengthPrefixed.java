package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Texts in a row such that no two different rows give the same bytes: each is its length in bytes of UTF-8 (32 bits, big
 * endian) and then these bytes; an absent text is the length -1 alone.
 */
final class LengthPrefixed {

    private static final int ABSENT = -1;

    private LengthPrefixed() {}

    static byte[] join(@Nullable String... texts) {
        byte[][] encoded = new byte[texts.length][];
        int size = 0;
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            encoded[i] = text == null ? null : text.getBytes(UTF_8);
            size += Integer.BYTES + (text == null ? 0 : encoded[i].length);
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (byte[] text : encoded) {
            if (text == null) {
                joined.putInt(ABSENT);
            } else {
                joined.putInt(text.length).put(text);
            }
        }
        return joined.array();
    }
}
