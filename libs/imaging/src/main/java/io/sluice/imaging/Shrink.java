package io.sluice.imaging;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Makes images smaller by the mean of the pixels that fall into one, so that noise gets less and nothing is skipped. */
final class Shrink {

    private static final int CHANNELS = 3;

    private final int width;
    private final double factor;
    private final double left;
    private final float[] sums;
    private final float[] weights;

    private Shrink(int width, double factor, double left) {
        this.width = width;
        this.factor = factor;
        this.left = left;
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
        return by(factor, image, Orientation.UPRIGHT);
    }

    /**
     * A smaller image of one that is yet to be turned: it is then the first row or column that may stand for less than a pixel, where that
     * becomes the last one, so that places are counted from the edges that are at the left and at the top in the end.
     */
    static BufferedImage by(double factor, BufferedImage image, Orientation orientation) {
        int width = size(image.getWidth(), factor);
        int height = size(image.getHeight(), factor);
        double left = orientation.isFromRight() ? image.getWidth() - width * factor : 0;
        double top = orientation.isFromBottom() ? image.getHeight() - height * factor : 0;
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Shrink shrink = new Shrink(width, factor, left);
        OpaqueRows rows = new OpaqueRows(image);
        for (int y = 0; y < height; y++) {
            double from = Math.max(0, top + y * factor);
            double to = Math.min(image.getHeight(), top + (y + 1) * factor);
            for (int row = (int) from; row < to; row++) {
                shrink.add(rows.row(row), (float) (Math.min(row + 1, to) - Math.max(row, from)));
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
            double from = Math.max(0, left + x * factor);
            double to = Math.min(rgb.length, left + (x + 1) * factor);
            for (int column = (int) from; column < to; column++) {
                float share = weight * (float) (Math.min(column + 1, to) - Math.max(column, from));
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
