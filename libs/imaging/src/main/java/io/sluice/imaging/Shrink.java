package io.sluice.imaging;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Makes images smaller by the mean of the pixels that fall into one, so that noise gets less and nothing is skipped. */
final class Shrink {

    private static final int CHANNELS = 3;

    private final int width;
    private final double factor;
    private final float[] sums;
    private final float[] weights;

    private Shrink(int width, double factor) {
        this.width = width;
        this.factor = factor;
        this.sums = new float[width * CHANNELS];
        this.weights = new float[width];
    }

    /** Pixels that become one, along each axis; 1 for images that are small enough. */
    static double factor(BufferedImage image, int maxSide) {
        return Math.max(1, (double) Math.max(image.getWidth(), image.getHeight()) / maxSide);
    }

    /**
     * A smaller image of type {@link BufferedImage#TYPE_INT_RGB}; the last row and column may stand for less than a pixel.
     *
     * @param factor along both axes alike, so that circles stay circles; at least 1
     */
    static BufferedImage by(double factor, BufferedImage image) {
        int width = size(image.getWidth(), factor);
        int height = size(image.getHeight(), factor);
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Shrink shrink = new Shrink(width, factor);
        OpaqueRows rows = new OpaqueRows(image);
        for (int y = 0; y < height; y++) {
            double top = y * factor;
            double bottom = Math.min(image.getHeight(), top + factor);
            for (int row = (int) top; row < bottom; row++) {
                shrink.add(rows.row(row), (float) (Math.min(row + 1, bottom) - Math.max(row, top)));
            }
            smaller.setRGB(0, y, width, 1, shrink.take(), 0, width);
        }
        return smaller;
    }

    /** The tolerance is for rounding: 1000 / (1000 / 512.0) may be a little more than 512. */
    private static int size(int side, double factor) {
        return Math.max(1, (int) Math.ceil(side / factor - 1e-6));
    }

    private void add(int[] rgb, float weight) {
        for (int x = 0; x < width; x++) {
            double left = x * factor;
            double right = Math.min(rgb.length, left + factor);
            for (int column = (int) left; column < right; column++) {
                float share = weight * (float) (Math.min(column + 1, right) - Math.max(column, left));
                sums[x * CHANNELS] += share * (rgb[column] >> 16 & 0xff);
                sums[x * CHANNELS + 1] += share * (rgb[column] >> 8 & 0xff);
                sums[x * CHANNELS + 2] += share * (rgb[column] & 0xff);
                weights[x] += share;
            }
        }
    }

    private int[] take() {
        int[] rgb = new int[width];
        for (int x = 0; x < width; x++) {
            rgb[x] = mean(x, 0) << 16 | mean(x, 1) << 8 | mean(x, 2);
            weights[x] = 0;
        }
        Arrays.fill(sums, 0);
        return rgb;
    }

    private int mean(int x, int channel) {
        return Math.min(255, Math.round(sums[x * CHANNELS + channel] / weights[x]));
    }
}
