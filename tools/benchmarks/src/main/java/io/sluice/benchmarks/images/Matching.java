package io.sluice.benchmarks.images;

import io.sluice.imaging.Circle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Circles that were found, against the boxes that were to be found, one to one: a pair has an intersection over union of at least 0.5, and
 * the best pairs are taken first.
 *
 * @param matched number of pairs
 * @param extra number of circles without a box
 * @param missed number of boxes without a circle
 * @param radiusErrors of the pairs, relative to the mean half side of the box
 */
record Matching(int matched, int extra, int missed, List<Double> radiusErrors) {

    private static final double LEAST_OVERLAP = 0.5;

    static Matching of(List<Circle> found, List<Rectangle2D> wanted) {
        List<Circle> circles = new ArrayList<>(found);
        List<Rectangle2D> boxes = new ArrayList<>(wanted);
        List<Double> errors = new ArrayList<>();
        while (true) {
            double best = LEAST_OVERLAP;
            Circle circle = null;
            Rectangle2D box = null;
            for (Circle one : circles) {
                for (Rectangle2D other : boxes) {
                    double overlap = intersectionOverUnion(box(one), other);
                    if (overlap >= best) {
                        best = overlap;
                        circle = one;
                        box = other;
                    }
                }
            }
            if (circle == null || box == null) {
                return new Matching(errors.size(), circles.size(), boxes.size(), errors);
            }
            circles.remove(circle);
            boxes.remove(box);
            double radius = (box.getWidth() + box.getHeight()) / 4;
            errors.add(Math.abs(circle.radius() - radius) / radius);
        }
    }

    private static Rectangle2D box(Circle circle) {
        double side = 2 * circle.radius();
        return new Rectangle2D.Double(circle.x() - circle.radius(), circle.y() - circle.radius(), side, side);
    }

    private static double intersectionOverUnion(Rectangle2D one, Rectangle2D other) {
        Rectangle2D common = one.createIntersection(other);
        if (common.getWidth() <= 0 || common.getHeight() <= 0) {
            return 0;
        }
        double both = area(common);
        return both / (area(one) + area(other) - both);
    }

    private static double area(Rectangle2D box) {
        return box.getWidth() * box.getHeight();
    }

    /** True where as many were found as there were. */
    boolean isExactCount() {
        return extra == missed;
    }
}
