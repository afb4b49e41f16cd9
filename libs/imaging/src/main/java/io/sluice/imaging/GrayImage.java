package io.sluice.imaging;

import java.awt.image.BufferedImage;

/**
 * Brightness of an image.
 *
 * @param pixels row by row, from 0 (black) to 255 (white)
 * @param width in pixels
 * @param height in pixels
 */
record GrayImage(float[] pixels, int width, int height) {

    /** Binomial weights, close to a Gaussian of standard deviation 1. */
    private static final float[] KERNEL = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

    /** Luma of an image, by the weights of ITU-R BT.601. */
    static GrayImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        float[] pixels = new float[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int rgb = row[x];
                pixels[y * width + x] =
                        0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff);
            }
        }
        return new GrayImage(pixels, width, height);
    }

    /** The same without its finest detail; at the edges the outermost pixels are repeated. */
    GrayImage smoothed() {
        return smoothedAlong(1, 0).smoothedAlong(0, 1);
    }

    private GrayImage smoothedAlong(int stepX, int stepY) {
        float[] smoothed = new float[pixels.length];
        int reach = KERNEL.length / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = -reach; k <= reach; k++) {
                    int column = Math.min(width - 1, Math.max(0, x + k * stepX));
                    int row = Math.min(height - 1, Math.max(0, y + k * stepY));
                    sum += KERNEL[k + reach] * pixels[row * width + column];
                }
                smoothed[y * width + x] = sum;
            }
        }
        return new GrayImage(smoothed, width, height);
    }
}
