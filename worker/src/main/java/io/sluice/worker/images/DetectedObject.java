package io.sluice.worker.images;

import io.sluice.imaging.Circle;

/**
 * A circular object, in pixels of the upright image.
 *
 * @param box around what is seen of it
 * @param circle around its centroid; parts of it may lie outside of the image
 * @param area of the whole, in square pixels
 */
record DetectedObject(Box box, Circle circle, double area) {

    /**
     * An axis-parallel box.
     *
     * @param x of the left edge
     * @param y of the top edge
     * @param width above 0
     * @param height above 0
     */
    record Box(double x, double y, double width, double height) {}

    /** The same in an image that is larger by this factor. */
    DetectedObject scaled(double factor) {
        return new DetectedObject(
                new Box(box.x * factor, box.y * factor, box.width * factor, box.height * factor),
                circle.scaled(factor),
                area * factor * factor);
    }

    /** An object that is this circle, in an image of this size. */
    static DetectedObject of(Circle circle, int width, int height) {
        double left = Math.max(0, circle.x() - circle.radius());
        double top = Math.max(0, circle.y() - circle.radius());
        double right = Math.min(width, circle.x() + circle.radius());
        double bottom = Math.min(height, circle.y() + circle.radius());
        return new DetectedObject(new Box(left, top, right - left, bottom - top), circle, circle.area());
    }
}
