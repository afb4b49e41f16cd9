package io.sluice.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.imaging.Circle;
import io.sluice.worker.images.DetectedObject.Box;
import java.io.IOException;

/** Parts of a model server's answer. What is not as it has to be is an {@link IOException} that quotes nothing of it. */
final class ModelAnswer {

    /** Objects of an image that are believed. */
    private static final int MAX_ELEMENTS = 10_000;

    private ModelAnswer() {}

    static JsonNode array(JsonNode node, String name) throws IOException {
        JsonNode array = node.path(name);
        if (!array.isArray() || array.size() > MAX_ELEMENTS * 4) {
            throw new IOException(
                    "the model server's answer has no array '%s' of at most %d objects".formatted(name, MAX_ELEMENTS));
        }
        return array;
    }

    static double number(JsonNode node, String name) throws IOException {
        return number(node.path(name));
    }

    static double number(JsonNode number) throws IOException {
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw new IOException("the model server's answer lacks a number");
        }
        return number.doubleValue();
    }

    static double score(double score) throws IOException {
        if (score < 0 || score > 1) {
            throw new IOException("a score of the model server's answer is not between 0 and 1");
        }
        return score;
    }

    static Box box(double left, double top, double right, double bottom) throws IOException {
        if (left >= right || top >= bottom) {
            throw new IOException("a box of the model server's answer has no area");
        }
        return new Box(left, top, right - left, bottom - top);
    }

    /** The circle of a box, as wide as the mean of its sides. */
    static Circle circleIn(Box box, double score) {
        return new Circle(
                box.x() + box.width() / 2, box.y() + box.height() / 2, (box.width() + box.height()) / 4, score);
    }
}
