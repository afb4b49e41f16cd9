package io.sluice.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Formats that are decoded, recognised by their first bytes alone: a name or media type says what a client believes. */
public enum ImageFormat {
    PNG(0, "\u0089PNG\r\n\u001a\n"),
    JPEG(0, "\u00ff\u00d8\u00ff"),
    /** A RIFF container, whose length comes between its name and that of the format. */
    WEBP(8, "WEBP");

    private static final byte[] RIFF = bytes("RIFF");

    private final int offset;
    private final byte[] magic;

    ImageFormat(int offset, String magic) {
        this.offset = offset;
        this.magic = bytes(magic);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The format of an image; empty for all that is not on this list. */
    static Optional<ImageFormat> of(byte[] content) {
        return Arrays.stream(values()).filter(format -> format.matches(content)).findFirst();
    }

    private boolean matches(byte[] content) {
        return startsWith(magic, content, offset) && (this != WEBP || startsWith(RIFF, content, 0));
    }

    private static boolean startsWith(byte[] magic, byte[] content, int from) {
        int to = from + magic.length;
        return content.length >= to && Arrays.equals(content, from, to, magic, 0, magic.length);
    }
}
