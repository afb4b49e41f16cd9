package io.sluice.imaging;

/**
 * A circle in an image, in pixels; parts of it may lie outside.
 *
 * @param x of the centre, from the left edge of the image
 * @param y of the centre, from the top edge
 * @param radius above 0
 * @param score between 0 and 1: how much of the rim was seen
 */
public record Circle(double x, double y, double radius, double score) {

    /** The area of the whole disc, in square pixels. */
    public double area() {
        return Math.PI * radius * radius;
    }

    /** The same circle in an image that is larger by this factor. */
    public Circle scaled(double factor) {
        return new Circle(x * factor, y * factor, radius * factor, score);
    }

    /** Distance of the centres. */
    double distance(Circle other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Area that both discs have in common. */
    double overlap(Circle other) {
        double distance = distance(other);
        if (distance >= radius + other.radius) {
            return 0;
        }
        if (distance <= Math.abs(radius - other.radius)) {
            return Math.min(area(), other.area());
        }
        double chord = (distance * distance + radius * radius - other.radius * other.radius) / (2 * distance);
        double half = Math.sqrt(Math.max(0, radius * radius - chord * chord));
        return radius * radius * Math.acos(clamp(chord / radius))
                + other.radius * other.radius * Math.acos(clamp((distance - chord) / other.radius))
                - distance * half;
    }

    private static double clamp(double cosine) {
        return Math.max(-1, Math.min(1, cosine));
    }
}
