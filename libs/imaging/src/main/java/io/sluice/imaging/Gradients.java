package io.sluice.imaging;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Gradients of an image, by the operator of Sobel after a smoothing. */
final class Gradients {

    /** Below it a gradient is noise of a flat image, in steps of brightness a pixel. */
    private static final float LEAST = 1.5f;

    /** Ratio of an edge to the strongest ones. */
    private static final float OF_STRONGEST = 0.12f;

    /** Ratio of an edge to what is everywhere: noise and texture. */
    private static final float OF_MEDIAN = 2.2f;

    /** Tangent of 67.5 degrees: beyond it a gradient points along an axis rather than a diagonal. */
    private static final float STEEP = 2.414f;

    private final int width;
    private final int height;
    private final float[] x;
    private final float[] y;
    private final float[] magnitude;
    private final float threshold;

    Gradients(GrayImage image) {
        this.width = image.width();
        this.height = image.height();
        this.x = new float[width * height];
        this.y = new float[width * height];
        this.magnitude = new float[width * height];
        differentiate(image.smoothed().pixels());
        this.threshold = threshold(magnitude);
    }

    private void differentiate(float[] p) {
        for (int row = 1; row < height - 1; row++) {
            for (int column = 1; column < width - 1; column++) {
                int i = row * width + column;
                int above = i - width;
                int below = i + width;
                x[i] = (p[above + 1] + 2 * p[i + 1] + p[below + 1] - p[above - 1] - 2 * p[i - 1] - p[below - 1]) / 8;
                y[i] = (p[below - 1] + 2 * p[below] + p[below + 1] - p[above - 1] - 2 * p[above] - p[above + 1]) / 8;
                magnitude[i] = (float) Math.hypot(x[i], y[i]);
            }
        }
    }

    private static float threshold(float[] magnitude) {
        float[] sorted = magnitude.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2];
        float strongest = sorted[(int) (sorted.length * 0.99)];
        float noise = Math.min(OF_MEDIAN * median, strongest / 2);
        return Math.max(Math.max(LEAST, OF_STRONGEST * strongest), noise);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Places of edges: where the gradient is strong, and stronger than on either side of the edge. */
    int[] edges() {
        return IntStream.range(2, height - 2)
                .flatMap(row -> IntStream.range(row * width + 2, row * width + width - 2))
                .filter(this::isEdge)
                .toArray();
    }

    private boolean isEdge(int place) {
        float strength = magnitude[place];
        if (strength < threshold) {
            return false;
        }
        int across = across(place);
        return strength >= magnitude[place - across] && strength >= magnitude[place + across];
    }

    /** Step to the neighbour that the gradient points to. */
    private int across(int place) {
        float horizontal = Math.abs(x[place]);
        float vertical = Math.abs(y[place]);
        if (horizontal > STEEP * vertical) {
            return 1;
        }
        if (vertical > STEEP * horizontal) {
            return width;
        }
        return x[place] * y[place] > 0 ? width + 1 : width - 1;
    }

    /** Horizontal part of the unit vector along the gradient at an edge. */
    float unitX(int place) {
        return x[place] / magnitude[place];
    }

    /** Vertical part of the same. */
    float unitY(int place) {
        return y[place] / magnitude[place];
    }

    /** True within the image, but for its border. */
    boolean contains(double px, double py) {
        return px >= 2 && py >= 2 && px < width - 2 && py < height - 2;
    }

    /**
     * Cosine of the angle between the gradient at a place and a direction; 0 where there is no edge.
     *
     * @param ux horizontal part of the direction, a unit vector
     * @param uy vertical part
     */
    double alignment(double px, double py, double ux, double uy) {
        int column = (int) Math.round(px);
        int row = (int) Math.round(py);
        if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) {
            return 0;
        }
        int place = row * width + column;
        float strength = magnitude[place];
        return isStrong(strength) ? (x[place] * ux + y[place] * uy) / strength : 0;
    }

    /** True for the magnitude of an edge, or of the slope beside its ridge. */
    boolean isStrong(double strength) {
        return strength >= 0.7 * threshold;
    }

    /** Magnitude between the pixels, by bilinear interpolation; 0 outside of the image. */
    double magnitude(double px, double py) {
        int column = (int) Math.floor(px);
        int row = (int) Math.floor(py);
        if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) {
            return 0;
        }
        double right = px - column;
        double down = py - row;
        int i = row * width + column;
        return magnitude[i] * (1 - right) * (1 - down)
                + magnitude[i + 1] * right * (1 - down)
                + magnitude[i + width] * (1 - right) * down
                + magnitude[i + width + 1] * right * down;
    }
}
