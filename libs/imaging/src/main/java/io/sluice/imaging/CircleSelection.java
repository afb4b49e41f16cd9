package io.sluice.imaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Selects of circles that were found for the same thing the one that is it. */
final class CircleSelection {

    /** Ratio of the distance of the centres to the larger radius, below which two circles are of one thing. */
    private static final double SAME = 0.4;

    /** The same for rings of one thing. */
    private static final double CONCENTRIC = 0.2;

    /** Ratio of the radii, above which a ring is the outer one. */
    private static final double OUTER = 1.08;

    /** Ratio of the scores, down to which the outer ring is preferred. */
    private static final double NEARLY_AS_GOOD = 0.85;

    /** Ratio of a small disc's area, above which it lies within another one. */
    private static final double WITHIN = 0.6;

    /** Order of circles, the best first: of two with equal scores the larger one, which is less likely chance. */
    private static final Comparator<Circle> BEST_FIRST = Comparator.comparingDouble(
                    (Circle circle) -> -circle.score() * (1 + 0.1 * Math.min(1, circle.radius() / 100)))
            .thenComparingDouble(Circle::x)
            .thenComparingDouble(Circle::y);

    private CircleSelection() {}

    static List<Circle> of(List<Circle> found) {
        List<Circle> kept = new ArrayList<>();
        found.stream().sorted(BEST_FIRST).forEach(circle -> select(circle, kept));
        kept.sort(BEST_FIRST);
        return List.copyOf(kept);
    }

    private static void select(Circle circle, List<Circle> kept) {
        for (int i = 0; i < kept.size(); i++) {
            Circle better = kept.get(i);
            double ratio = circle.distance(better) / Math.max(circle.radius(), better.radius());
            if (ratio < SAME) {
                if (ratio < CONCENTRIC && isOuterRing(circle, better)) {
                    kept.set(i, circle);
                }
                return;
            }
            if (circle.radius() <= better.radius() && circle.overlap(better) > WITHIN * circle.area()) {
                return;
            }
        }
        kept.add(circle);
    }

    private static boolean isOuterRing(Circle circle, Circle of) {
        return circle.radius() > OUTER * of.radius() && circle.score() > NEARLY_AS_GOOD * of.score();
    }
}
