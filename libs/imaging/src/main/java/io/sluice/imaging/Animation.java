package io.sluice.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Recognises animated images by the chunk that says so, since ImageIO reads their first frame and is silent about the others. */
final class Animation {

    private static final int PNG_SIGNATURE = 8;
    private static final int RIFF_HEADER = 12;
    private static final int LENGTH = 4;
    private static final int TYPE = 4;
    private static final int CRC = 4;

    private Animation() {}

    static boolean isIn(ImageFormat format, byte[] content) {
        return switch (format) {
            case PNG -> isInPng(ByteBuffer.wrap(content));
            // A JPEG with several pictures (CIPA DC-007) has a main one, and previews of it.
            case JPEG -> false;
            case WEBP -> isInWebp(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
        };
    }

    /** Looks for acTL, which comes before the first IDAT (PNG, third edition, section 11.3.6). */
    private static boolean isInPng(ByteBuffer png) {
        long chunk = PNG_SIGNATURE;
        while (chunk + LENGTH + TYPE + Integer.BYTES <= png.limit()) {
            int at = (int) chunk;
            String type = type(png, at + LENGTH);
            if (type.equals("acTL")) {
                return png.getInt(at + LENGTH + TYPE) > 1;
            }
            if (type.equals("IDAT")) {
                return false;
            }
            chunk += LENGTH + TYPE + Integer.toUnsignedLong(png.getInt(at)) + CRC;
        }
        return false;
    }

    /** Looks for ANIM, which comes before the frames (RFC 9649, section 2.7.1.1); chunks have an even length. */
    private static boolean isInWebp(ByteBuffer webp) {
        long chunk = RIFF_HEADER;
        while (chunk + TYPE + LENGTH <= webp.limit()) {
            int at = (int) chunk;
            String type = type(webp, at);
            if (type.equals("ANIM") || type.equals("ANMF")) {
                return true;
            }
            long length = Integer.toUnsignedLong(webp.getInt(at + TYPE));
            chunk += TYPE + LENGTH + length + length % 2;
        }
        return false;
    }

    private static String type(ByteBuffer content, int at) {
        byte[] type = new byte[TYPE];
        content.get(at, type);
        return new String(type, StandardCharsets.ISO_8859_1);
    }
}
