package io.sluice.imaging;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/** Rows of an image in sRGB, on white where it is transparent. */
final class OpaqueRows {

    private static final int WHITE = 255;

    private final BufferedImage image;
    private final int[] rgb;

    /** Samples of gray images, with those of alpha if there are any; empty for the others. */
    private final int[] gray;

    OpaqueRows(BufferedImage image) {
        this.image = image;
        this.rgb = new int[image.getWidth()];
        this.gray = isGray(image) ? new int[image.getWidth()] : new int[0];
    }

    private static boolean isGray(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(image.getColorModel() instanceof IndexColorModel);
    }

    /** The row, valid until the next call. */
    int[] row(int y) {
        if (gray.length > 0) {
            readGray(y);
        } else {
            image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
        }
        if (image.getColorModel().hasAlpha()) {
            for (int x = 0; x < rgb.length; x++) {
                rgb[x] = onWhite(rgb[x]);
            }
        }
        return rgb;
    }

    /** Takes samples as they are: Java holds gray for linear light and would brighten it (50 % to 74 %). */
    private void readGray(int y) {
        boolean alpha = image.getColorModel().hasAlpha();
        image.getRaster().getSamples(0, y, gray.length, 1, 0, gray);
        int toByte = image.getSampleModel().getSampleSize(0) - Byte.SIZE;
        for (int x = 0; x < gray.length; x++) {
            rgb[x] = 0xff000000 | (gray[x] >> toByte) * 0x010101;
        }
        if (alpha) {
            image.getRaster().getSamples(0, y, gray.length, 1, 1, gray);
            for (int x = 0; x < gray.length; x++) {
                rgb[x] = (gray[x] >> toByte << 24) | (rgb[x] & 0xffffff);
            }
        }
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        return over(argb >> 16 & 0xff, alpha) << 16 | over(argb >> 8 & 0xff, alpha) << 8 | over(argb & 0xff, alpha);
    }

    private static int over(int value, int alpha) {
        return (value * alpha + WHITE * (255 - alpha) + 127) / 255;
    }
}
