package io.sluice.imaging;

import io.sluice.imaging.UndecodableImageException.Reason;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG and WebP. The size is checked before a pixel is read, and large images are read with gaps: what it holds of a PNG or
 * a JPEG depends on the side that is asked for, not on the image. A WebP, and a progressive JPEG in native memory, is held as a whole, which
 * the limits bound.
 */
public final class ImageDecoder {

    /** Most pixels of an image. */
    public static final int MAX_PIXELS = 40_000_000;

    /** Longest side of an image, in pixels. */
    public static final int MAX_SIDE = 20_000;

    private ImageDecoder() {}

    /**
     * Decodes a still image.
     *
     * @param content the whole file; its format is told by its first bytes
     * @param maxSide longest side of the result, in pixels
     * @return the image upright, by its EXIF if it is a JPEG, and on white if it is transparent
     * @throws UndecodableImageException if no further try can decode it
     */
    public static DecodedImage decode(byte[] content, int maxSide) throws UndecodableImageException {
        ImageFormat format =
                ImageFormat.of(content).orElseThrow(() -> new UndecodableImageException(Reason.UNKNOWN_FORMAT));
        if (Animation.isIn(format, content)) {
            throw new UndecodableImageException(Reason.ANIMATED);
        }
        ImageReader reader = ImageReaders.of(format);
        // In memory, where the content is already: ImageIO's own streams would write it into a file.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(input, true, true);
            DecodedImage stored = read(reader, maxSide);
            return format == ImageFormat.JPEG ? upright(stored, Orientation.of(content)) : stored;
        } catch (IOException | RuntimeException broken) {
            // Of bytes in memory nothing but the bytes is to blame; readers throw what they meet, such as an index out
            // of bounds.
            throw new UndecodableImageException(
                    Truncation.isCauseOf(broken) ? Reason.TRUNCATED : Reason.CORRUPT, broken);
        } finally {
            reader.dispose();
        }
    }

    private static DecodedImage read(ImageReader reader, int maxSide) throws IOException, UndecodableImageException {
        Dimension size = new Dimension(reader.getWidth(0), reader.getHeight(0));
        check(size);
        int step = Math.max(1, Math.max(size.width, size.height) / maxSide);
        Truncation truncation = new Truncation();
        reader.addIIOReadWarningListener(truncation);
        BufferedImage read = reader.read(0, everyNth(step, size, reader));
        if (truncation.isSeen()) {
            throw new UndecodableImageException(Reason.TRUNCATED);
        }
        double factor = Shrink.factor(read, maxSide);
        return new DecodedImage(Shrink.by(factor, read), size.width, size.height, step * factor);
    }

    private static void check(Dimension size) throws UndecodableImageException {
        if (size.width <= 0 || size.height <= 0) {
            throw new UndecodableImageException(Reason.CORRUPT);
        }
        if (Math.max(size.width, size.height) > MAX_SIDE) {
            throw new UndecodableImageException(Reason.SIDE_TOO_LONG);
        }
        if ((long) size.width * size.height > MAX_PIXELS) {
            throw new UndecodableImageException(Reason.TOO_MANY_PIXELS);
        }
    }

    /** Reads the pixel in the middle of each square; of a side shorter than that, its first one. */
    private static ImageReadParam everyNth(int step, Dimension size, ImageReader reader) {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, Math.min(step / 2, size.width - 1), Math.min(step / 2, size.height - 1));
        return param;
    }

    private static DecodedImage upright(DecodedImage stored, Orientation orientation) {
        return new DecodedImage(
                orientation.upright(stored.pixels()),
                orientation.isSwapped() ? stored.height() : stored.width(),
                orientation.isSwapped() ? stored.width() : stored.height(),
                stored.scale());
    }
}
