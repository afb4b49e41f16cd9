package io.sluice.api.images;

import io.sluice.api.images.ImageRefusedException.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * WebP: a RIFF file of chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-2">RFC 9649, section 2</a>
 */
final class WebpHeader {

    private static final int MAGIC_BYTES = 12;
    private static final int RIFF_HEADER_BYTES = 8;
    private static final int FORM_BYTES = 4;

    /** Frame tag, start code, width and height of a lossy image. */
    private static final int LOSSY_BYTES = 10;

    private static final int START_CODE = 0x2a019d;
    private static final int LOSSLESS_BYTES = 5;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int EXTENDED_BYTES = 10;
    private static final int ANIMATED = 0x02;
    private static final int SIDE = 0x3fff;

    private WebpHeader() {}

    static boolean isMagic(byte[] magic) {
        String text = new String(magic, StandardCharsets.ISO_8859_1);
        return text.length() == MAGIC_BYTES && text.startsWith("RIFF") && text.endsWith("WEBP");
    }

    static ImageHeader read(ImageBytes bytes) throws IOException {
        bytes.skip(FORM_BYTES);
        long left = bytes.littleEndian(4) - FORM_BYTES;
        bytes.skip(FORM_BYTES);
        ImageHeader canvas = null;
        ImageHeader image = null;
        while (left >= RIFF_HEADER_BYTES) {
            String name = bytes.name();
            long length = bytes.littleEndian(4);
            long padded = length + length % 2;
            left -= RIFF_HEADER_BYTES + padded;
            switch (name) {
                case "VP8X" -> canvas = extended(bytes, padded);
                case "VP8 " -> image = lossy(bytes, padded);
                case "VP8L" -> image = lossless(bytes, padded);
                case "ANIM", "ANMF" -> throw new ImageRefusedException(Rule.STILL);
                default -> bytes.skip(padded);
            }
        }
        return checked(canvas, image, left);
    }

    private static ImageHeader checked(@Nullable ImageHeader canvas, @Nullable ImageHeader image, long left)
            throws ImageRefusedException {
        if (image == null || left < 0 || (canvas != null && !canvas.equals(image))) {
            throw malformed();
        }
        return image;
    }

    private static ImageHeader extended(ImageBytes bytes, long length) throws IOException {
        long flags = bytes.littleEndian(4);
        if ((flags & ANIMATED) != 0) {
            throw new ImageRefusedException(Rule.STILL);
        }
        ImageHeader canvas = header(bytes.littleEndian(3) + 1, bytes.littleEndian(3) + 1);
        skipRest(bytes, length, EXTENDED_BYTES);
        return canvas;
    }

    private static ImageHeader lossy(ImageBytes bytes, long length) throws IOException {
        boolean isKeyFrame = (bytes.littleEndian(3) & 1) == 0;
        if (!isKeyFrame || bytes.littleEndian(3) != START_CODE) {
            throw malformed();
        }
        ImageHeader image = header(bytes.littleEndian(2) & SIDE, bytes.littleEndian(2) & SIDE);
        skipRest(bytes, length, LOSSY_BYTES);
        return image;
    }

    private static ImageHeader lossless(ImageBytes bytes, long length) throws IOException {
        if (bytes.unsignedByte() != LOSSLESS_SIGNATURE) {
            throw malformed();
        }
        long sides = bytes.littleEndian(4);
        ImageHeader image = header((sides & SIDE) + 1, (sides >> 14 & SIDE) + 1);
        skipRest(bytes, length, LOSSLESS_BYTES);
        return image;
    }

    private static ImageHeader header(long width, long height) throws ImageRefusedException {
        return ImageHeader.of(ImageFormat.WEBP, width, height);
    }

    private static void skipRest(ImageBytes bytes, long length, int read) throws IOException {
        if (length < read) {
            throw malformed();
        }
        bytes.skip(length - read);
    }

    private static ImageRefusedException malformed() {
        return new ImageRefusedException(Rule.WELL_FORMED);
    }
}
