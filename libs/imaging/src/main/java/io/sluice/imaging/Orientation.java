package io.sluice.imaging;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Turns that make the photo of a turned camera upright: tag 0x0112 of EXIF 2.32, section 4.6.4. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    TURNED_BY_180(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_BY_90(true, false, true),
    TRANSVERSED(true, true, true),
    TURNED_BY_270(true, true, false);

    private final boolean swapped;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapped true if a row becomes a column
     * @param fromRight true if columns of the stored image are read from the right
     * @param fromBottom true if its rows are read from the bottom
     */
    Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
        this.swapped = swapped;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** Orientation of a JPEG image; upright if its EXIF does not say, or is broken. */
    static Orientation of(byte[] jpeg) {
        try {
            ExifIFD0Directory directory = JpegMetadataReader.readMetadata(
                            new ByteArrayInputStream(jpeg), List.of(new ExifReader()))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer tag = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return tag == null || tag < 1 || tag > values().length ? UPRIGHT : values()[tag - 1];
        } catch (JpegProcessingException | IOException broken) {
            return UPRIGHT;
        }
    }

    /** True if width and height change places. */
    boolean isSwapped() {
        return swapped;
    }

    /** True if columns of the stored image are read from the right. */
    boolean isFromRight() {
        return fromRight;
    }

    /** True if its rows are read from the bottom. */
    boolean isFromBottom() {
        return fromBottom;
    }

    BufferedImage upright(BufferedImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapped ? stored.getHeight() : stored.getWidth();
        int height = swapped ? stored.getWidth() : stored.getHeight();
        BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapped ? y : x;
                int row = swapped ? x : y;
                upright.setRGB(
                        x,
                        y,
                        stored.getRGB(
                                fromRight ? stored.getWidth() - 1 - column : column,
                                fromBottom ? stored.getHeight() - 1 - row : row));
            }
        }
        return upright;
    }
}
