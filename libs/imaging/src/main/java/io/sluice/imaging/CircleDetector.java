package io.sluice.imaging;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds circles by a gradient-voting Hough transform (Kimme, Ballard, Sklansky 1975; the gradient decides the line on which an edge's
 * centre lies): the edges vote for centres, by bands of radii and for both polarities; each centre gets the radius whose rim has most
 * edges, is fitted to them, and is kept if enough of its rim has a gradient that points along the radius, everywhere inwards or everywhere
 * outwards.
 *
 * <p>Weak where a radius is under 8 pixels or most of a circle is hidden. Deterministic; holds some ten bytes a pixel.
 */
public final class CircleDetector {

    /** Name of this detector, as it is kept with what it has found. */
    public static final String NAME = "builtin";

    /** Increased with each change that finds other circles. */
    public static final String VERSION = "1";

    /** Longest side of an image that circles are looked for in, in pixels. */
    public static final int MAX_SIDE = 512;

    static final double MIN_RADIUS = 6;

    /** Ratio of the largest radius to the shorter side: of a circle that goes beyond the image, more than half is seen. */
    private static final double MAX_RADIUS = 0.6;

    /** Ratio of the radii of a band. */
    private static final double BAND = 1.5;

    /** Ratio of the votes of a centre to the edges of its rim. */
    private static final double LEAST_VOTES = 0.04;

    /** Most centres of a band: discs of its least radius that cover the image several times. */
    private static final int COVERS = 6;

    private static final int LEAST_CENTRES = 16;
    private static final int MOST_CENTRES = 400;

    private final Gradients gradients;
    private final RimFit rim;
    private final int width;
    private final int height;

    private CircleDetector(Gradients gradients) {
        this.gradients = gradients;
        this.rim = new RimFit(gradients);
        this.width = gradients.width();
        this.height = gradients.height();
    }

    /**
     * Finds circles, and of concentric ones the outer one.
     *
     * @param image of at most {@value #MAX_SIDE} pixels each side; larger ones take longer, and their texture is taken for edges
     * @return those that were seen best first
     */
    public static List<Circle> detect(BufferedImage image) {
        return new CircleDetector(new Gradients(GrayImage.of(image))).detect();
    }

    private List<Circle> detect() {
        int[] edges = gradients.edges();
        double largest = MAX_RADIUS * Math.min(width, height);
        List<Circle> found = new ArrayList<>();
        for (double least = MIN_RADIUS; least < largest; least *= BAND) {
            double most = Math.min(largest, least * BAND);
            for (Polarity polarity : Polarity.values()) {
                for (Centre centre : centres(votes(edges, least, most, polarity), least)) {
                    rim.fit(centre.x, centre.y, least, most, polarity).ifPresent(found::add);
                }
            }
        }
        return CircleSelection.of(found);
    }

    private GrayImage votes(int[] edges, double least, double most, Polarity polarity) {
        float[] votes = new float[width * height];
        for (int edge : edges) {
            int row = edge / width;
            int column = edge % width;
            float stepX = polarity.sign() * gradients.unitX(edge);
            float stepY = polarity.sign() * gradients.unitY(edge);
            for (double radius = least - 0.5; radius <= most + 0.5; radius++) {
                int x = (int) Math.round(column + radius * stepX);
                int y = (int) Math.round(row + radius * stepY);
                if (x >= 0 && y >= 0 && x < width && y < height) {
                    votes[y * width + x]++;
                }
            }
        }
        return new GrayImage(votes, width, height).smoothed();
    }

    private record Centre(int x, int y, float votes) {}

    private List<Centre> centres(GrayImage votes, double leastRadius) {
        double least = LEAST_VOTES * 2 * Math.PI * leastRadius;
        int apart = (int) Math.max(2, leastRadius / 3);
        List<Centre> centres = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float here = votes.pixels()[y * width + x];
                // Most places have a greater neighbour, which is found sooner than one somewhere near.
                if (here >= least && isPeak(votes.pixels(), x, y, 1) && isPeak(votes.pixels(), x, y, apart)) {
                    centres.add(new Centre(x, y, here));
                }
            }
        }
        centres.sort(Comparator.comparing(Centre::votes).reversed());
        double discs = COVERS * width * height / (Math.PI * leastRadius * leastRadius);
        int most = (int) Math.min(MOST_CENTRES, Math.max(LEAST_CENTRES, discs));
        return centres.subList(0, Math.min(most, centres.size()));
    }

    /** True for the first of the greatest values near a place. */
    private boolean isPeak(float[] votes, int x, int y, int apart) {
        int place = y * width + x;
        for (int row = Math.max(0, y - apart); row <= Math.min(height - 1, y + apart); row++) {
            for (int column = Math.max(0, x - apart); column <= Math.min(width - 1, x + apart); column++) {
                int other = row * width + column;
                if (votes[other] > votes[place] || (votes[other] == votes[place] && other < place)) {
                    return false;
                }
            }
        }
        return true;
    }
}
