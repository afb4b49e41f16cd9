package io.sluice.api.images;

import io.sluice.api.images.ImageRefusedException.Rule;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Format and size of an image, without decoding it: nothing is allocated by what the file says. The whole file is looked through, so that
 * one that was cut off is found before it is stored.
 *
 * @param width in pixels, as the file has them; a photo may have to be turned to be upright
 * @param height in pixels
 */
record ImageHeader(ImageFormat format, int width, int height) {

    static final int MAX_PIXELS = 40_000_000;
    static final int MAX_SIDE = 20_000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final int MAGIC_BYTES = 12;

    /**
     * Reads an image to its end; bytes behind that are passed over.
     *
     * @param image supports {@link InputStream#mark}
     * @throws ImageRefusedException if it is not taken
     * @throws IOException what the stream throws
     */
    static ImageHeader read(InputStream image) throws IOException {
        image.mark(MAGIC_BYTES);
        byte[] magic = image.readNBytes(MAGIC_BYTES);
        image.reset();
        ImageBytes bytes = new ImageBytes(image);
        try {
            if (startsWith(magic, PNG)) {
                return PngHeader.read(bytes);
            }
            if (startsWith(magic, JPEG)) {
                return JpegHeader.read(bytes);
            }
            if (WebpHeader.isMagic(magic)) {
                return WebpHeader.read(bytes);
            }
        } catch (EOFException e) {
            throw new ImageRefusedException(Rule.COMPLETE);
        }
        throw new ImageRefusedException(Rule.FORMAT);
    }

    /** @throws ImageRefusedException if there are no pixels, or too many */
    static ImageHeader of(ImageFormat format, long width, long height) throws ImageRefusedException {
        if (width < 1 || height < 1) {
            throw new ImageRefusedException(Rule.WELL_FORMED);
        }
        if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
            throw new ImageRefusedException(Rule.SIZE);
        }
        return new ImageHeader(format, (int) width, (int) height);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
