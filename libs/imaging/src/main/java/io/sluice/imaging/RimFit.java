package io.sluice.imaging;

import java.util.Optional;
import java.util.stream.IntStream;

/** Fits circles to edges around a centre that is known roughly. */
final class RimFit {

    /** Least cosine of the angle between a gradient and the radius while a circle is looked for. */
    private static final double ROUGHLY_RADIAL = 0.86;

    /** The same when it is judged: the sides of a square that a circle fits into are not taken for its rim. */
    private static final double RADIAL = 0.94;

    /** Preference of a larger radius, for each pixel. */
    private static final double LARGER = 0.0008;

    private static final int ROUNDS = 4;

    /** Least score; small circles, which few edges make, need more. */
    private static final double LEAST_SCORE = 0.52;

    private static final double OF_SMALL = 1.6;

    /** Ratio of the rim that has to be within the image. */
    private static final double LEAST_WITHIN = 0.35;

    /** Ratio of the score that a circle loses if nearly all of its rim is outside of the image. */
    private static final double OUTSIDE = 0.3;

    /** Most directions that a rim is looked at in. */
    private static final int MAX_DIRECTIONS = 180;

    private final Gradients gradients;

    /** All around, by their number; those that have been asked for. */
    private final Direction[][] directions = new Direction[MAX_DIRECTIONS + 1][];

    RimFit(Gradients gradients) {
        this.gradients = gradients;
    }

    private record Disc(double x, double y, double radius) {}

    /** A direction from the centre, a unit vector. */
    private record Direction(double x, double y) {}

    private Direction[] directions(double wanted, int least, int most) {
        int count = (int) Math.min(most, Math.max(least, wanted));
        if (directions[count] == null) {
            directions[count] = IntStream.range(0, count)
                    .mapToDouble(i -> 2 * Math.PI * i / count)
                    .mapToObj(angle -> new Direction(Math.cos(angle), Math.sin(angle)))
                    .toArray(Direction[]::new);
        }
        return directions[count];
    }

    /** The circle around about this centre, with a radius of about this band, if there is one. */
    Optional<Circle> fit(double x, double y, double least, double most, Polarity polarity) {
        Optional<Disc> disc = radius(x, y, 0.9 * least, 1.1 * most, polarity).map(radius -> new Disc(x, y, radius));
        for (int round = 0; round < ROUNDS && disc.isPresent(); round++) {
            double reach = round == 0 ? Math.max(2.5, 0.12 * disc.get().radius) : Math.max(2, 0.06 * disc.get().radius);
            disc = disc.flatMap(known -> fit(known, reach, polarity))
                    .filter(fitted -> fitted.radius > 0.8 * CircleDetector.MIN_RADIUS && fitted.radius < 2.2 * most);
        }
        // Here a pixel lies at its number, and in the image half a pixel further from the edge.
        return disc.map(fitted -> new Circle(fitted.x + 0.5, fitted.y + 0.5, fitted.radius, score(fitted, polarity)))
                .filter(circle -> circle.score() >= LEAST_SCORE + OF_SMALL / circle.radius());
    }

    /** The radius with most of its rim on edges; of two that are nearly equal the larger, for the outer one of rings. */
    private Optional<Double> radius(double x, double y, double least, double most, Polarity polarity) {
        double best = 0.3;
        Optional<Double> found = Optional.empty();
        for (double radius = least; radius <= most; radius += Math.max(0.5, radius / 100)) {
            Direction[] around = directions(Math.PI * radius, 24, 90);
            int hits = 0;
            for (Direction direction : around) {
                if (isRadial(x + radius * direction.x, y + radius * direction.y, direction, ROUGHLY_RADIAL, polarity)) {
                    hits++;
                }
            }
            double share = (double) hits / around.length * (1 + LARGER * radius);
            if (share > best) {
                best = share;
                found = Optional.of(radius);
            }
        }
        return found;
    }

    private boolean isRadial(double px, double py, Direction outwards, double cosine, Polarity polarity) {
        return -polarity.sign() * gradients.alignment(px, py, outwards.x, outwards.y) > cosine;
    }

    /** Fits a circle to the strongest edge along each direction, by least squares (Kåsa 1976). */
    private Optional<Disc> fit(Disc disc, double reach, Polarity polarity) {
        Direction[] around = directions(4 * disc.radius, 32, 128);
        LeastSquares sums = new LeastSquares();
        for (Direction direction : around) {
            double offset = strongest(disc, direction, reach, polarity);
            if (!Double.isNaN(offset)) {
                double radius = disc.radius + offset + ridge(disc, direction, offset);
                sums.add(radius * direction.x, radius * direction.y);
            }
        }
        if (sums.points() < Math.max(8, around.length / 4)) {
            return Optional.empty();
        }
        return sums.circle()
                .filter(moved -> Math.hypot(moved.x(), moved.y()) <= 0.5 * disc.radius)
                .map(moved -> new Disc(disc.x + moved.x(), disc.y + moved.y(), moved.radius()));
    }

    /** Offset from the rim to the strongest radial edge, near ones preferred; NaN if there is none. */
    private double strongest(Disc disc, Direction direction, double reach, Polarity polarity) {
        double best = 0;
        double found = Double.NaN;
        for (double offset = -reach; offset <= reach; offset += 0.5) {
            double px = disc.x + (disc.radius + offset) * direction.x;
            double py = disc.y + (disc.radius + offset) * direction.y;
            if (isRadial(px, py, direction, ROUGHLY_RADIAL, polarity)) {
                double strength = gradients.magnitude(px, py) * (1 - 0.4 * Math.abs(offset) / reach);
                if (strength > best) {
                    best = strength;
                    found = offset;
                }
            }
        }
        return found;
    }

    /** Offset from a place to the ridge of its edge, by a parabola. */
    private double ridge(Disc disc, Direction direction, double offset) {
        double inside = magnitude(disc, direction, offset - 1);
        double here = magnitude(disc, direction, offset);
        double outside = magnitude(disc, direction, offset + 1);
        double curvature = inside - 2 * here + outside;
        return curvature < 0 ? Math.max(-0.75, Math.min(0.75, 0.5 * (inside - outside) / curvature)) : 0;
    }

    private double magnitude(Disc disc, Direction direction, double offset) {
        double radius = disc.radius + offset;
        return gradients.magnitude(disc.x + radius * direction.x, disc.y + radius * direction.y);
    }

    /** Share of the rim within the image that lies on a ridge which points along the radius, from 0 to 1. */
    private double score(Disc disc, Polarity polarity) {
        Direction[] around = directions(2 * Math.PI * disc.radius, 36, MAX_DIRECTIONS);
        int within = 0;
        int hits = 0;
        for (Direction direction : around) {
            if (gradients.contains(disc.x + disc.radius * direction.x, disc.y + disc.radius * direction.y)) {
                within++;
                if (isOnRidge(disc, direction, polarity)) {
                    hits++;
                }
            }
        }
        double share = (double) within / around.length;
        return share < LEAST_WITHIN ? 0 : (double) hits / within * (1 - OUTSIDE + OUTSIDE * share);
    }

    private boolean isOnRidge(Disc disc, Direction direction, Polarity polarity) {
        double tolerance = Math.max(1, 0.015 * disc.radius);
        double best = 0;
        double ridge = 0;
        for (double offset = -tolerance - 1; offset <= tolerance + 1; offset += 0.5) {
            double strength = magnitude(disc, direction, offset);
            if (strength > best) {
                best = strength;
                ridge = offset;
            }
        }
        double radius = disc.radius + ridge;
        return gradients.isStrong(best)
                && Math.abs(ridge) <= tolerance
                && isRadial(disc.x + radius * direction.x, disc.y + radius * direction.y, direction, RADIAL, polarity);
    }
}
