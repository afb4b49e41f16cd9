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
            return read(reader, maxSide, format == ImageFormat.JPEG ? Orientation.of(content) : Orientation.UPRIGHT);
        } catch (IOException | RuntimeException broken) {
            // Of bytes in memory nothing but the bytes is to blame; readers throw what they meet, such as an index out
            // of bounds.
            throw new UndecodableImageException(
                    Truncation.isCauseOf(broken) ? Reason.TRUNCATED : Reason.CORRUPT, broken);
        } finally {
            reader.dispose();
        }
    }

    private static DecodedImage read(ImageReader reader, int maxSide, Orientation orientation)
            throws IOException, UndecodableImageException {
        Dimension size = new Dimension(reader.getWidth(0), reader.getHeight(0));
        check(size);
        int step = Math.max(1, Math.max(size.width, size.height) / maxSide);
        Truncation truncation = new Truncation();
        reader.addIIOReadWarningListener(truncation);
        BufferedImage read = reader.read(0, everyNth(step, size, orientation, reader));
        if (truncation.isSeen()) {
            throw new UndecodableImageException(Reason.TRUNCATED);
        }
        double factor = Shrink.factor(read, maxSide);
        return new DecodedImage(
                orientation.upright(Shrink.by(factor, read, orientation)),
                orientation.isSwapped() ? size.height : size.width,
                orientation.isSwapped() ? size.width : size.height,
                step * factor);
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

    /** Reads the pixel in the middle of each square, which are counted from the edges that are at the left and at the top in the end. */
    private static ImageReadParam everyNth(int step, Dimension size, Orientation orientation, ImageReader reader) {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(
                step,
                step,
                first(step, size.width, orientation.isFromRight()),
                first(step, size.height, orientation.isFromBottom()));
        return param;
    }

    /** The first pixel of a side that is read, in the order in which it is stored; of a side shorter than that, the one next to its edge. */
    private static int first(int step, int side, boolean fromEnd) {
        int middle = Math.min(step / 2, side - 1);
        return fromEnd ? (side - 1 - middle) % step : middle;
    }
}
