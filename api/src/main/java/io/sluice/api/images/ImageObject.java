package io.sluice.api.images;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A circular object of an image. Lengths are in pixels of the upright image, from its upper left corner.
 *
 * @param number 1, 2, …, as the overlay has them
 * @param radius of the circle that comes closest
 * @param area of what belongs to the object, in square pixels
 * @param score between 0 and 1: how sure the detector is
 * @param detector name of what has found it
 */
record ImageObject(
        int number,
        double x,
        double y,
        double width,
        double height,
        double centroidX,
        double centroidY,
        double radius,
        double area,
        double score,
        @Nullable String detector,
        @Nullable String detectorVersion) {

    /** Columns that {@link #of} reads, of both tables. */
    static final String COLUMNS =
            """
            number, box_x, box_y, box_width, box_height, centroid_x, centroid_y, radius, area, score, detector,
            detector_version""";

    static ImageObject of(ResultSet row) throws SQLException {
        return new ImageObject(
                row.getInt("number"),
                row.getDouble("box_x"),
                row.getDouble("box_y"),
                row.getDouble("box_width"),
                row.getDouble("box_height"),
                row.getDouble("centroid_x"),
                row.getDouble("centroid_y"),
                row.getDouble("radius"),
                row.getDouble("area"),
                row.getDouble("score"),
                row.getString("detector"),
                row.getString("detector_version"));
    }

    /** Formats of boxes, by the name that the query has for them. */
    enum BoxFormat {
        /** Left, top, width and height, as in COCO. */
        XYWH,
        /** Left, top, right and bottom. */
        XYXY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private List<Double> box(BoxFormat format) {
        return switch (format) {
            case XYWH -> List.of(x, y, width, height);
            case XYXY -> List.of(x, y, x + width, y + height);
        };
    }

    /** One of a list. */
    record Summary(int id, List<Double> bbox, double score) {}

    Summary summary(BoxFormat format) {
        return new Summary(number, box(format), score);
    }

    /** A point. */
    record Point(double x, double y) {}

    /** Detector that has found an object. */
    record Detector(@Nullable String name, @Nullable String version) {}

    /** All that is known of one. */
    record Details(
            int id, List<Double> bbox, Point centroid, double radius, double area, double score, Detector detector) {}

    Details details(BoxFormat format) {
        return new Details(
                number,
                box(format),
                new Point(centroidX, centroidY),
                radius,
                area,
                score,
                new Detector(detector, detectorVersion));
    }
}
