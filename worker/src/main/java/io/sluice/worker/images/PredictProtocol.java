package io.sluice.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.imaging.Circle;
import io.sluice.worker.images.DetectedObject.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * KServe's V1 protocol. A prediction is an object with {@code bounding_box} ({@code xmin}, {@code ymin}, {@code xmax}, {@code ymax}), and
 * perhaps with {@code centroid} ({@code x}, {@code y}), {@code radius}, which is a number or an object with that member, and {@code score}.
 */
final class PredictProtocol implements ModelProtocol {

    @Override
    public String inferencePath(String model) {
        return "/v1/models/" + model + ":predict";
    }

    @Override
    public String readinessPath(String model) {
        return "/v1/models/" + model;
    }

    @Override
    public String request(String base64) {
        return "{\"instances\":[{\"image\":{\"b64\":\"" + base64 + "\"}}]}";
    }

    @Override
    public List<DetectedObject> objects(JsonNode answer) throws IOException {
        JsonNode predictions = ModelAnswer.array(answer, "predictions");
        // Some models answer with a list for each instance.
        boolean nested = predictions.size() == 1 && predictions.get(0).isArray();
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode prediction : nested ? predictions.get(0) : predictions) {
            objects.add(object(prediction));
        }
        return objects;
    }

    private static DetectedObject object(JsonNode prediction) throws IOException {
        JsonNode corners = prediction.path("bounding_box");
        Box box = ModelAnswer.box(
                ModelAnswer.number(corners, "xmin"),
                ModelAnswer.number(corners, "ymin"),
                ModelAnswer.number(corners, "xmax"),
                ModelAnswer.number(corners, "ymax"));
        Circle within = ModelAnswer.circleIn(box, score(prediction));
        JsonNode centroid = prediction.path("centroid");
        Circle circle = new Circle(
                centroid.isMissingNode() ? within.x() : ModelAnswer.number(centroid, "x"),
                centroid.isMissingNode() ? within.y() : ModelAnswer.number(centroid, "y"),
                radius(prediction, within),
                within.score());
        return new DetectedObject(box, circle, circle.area());
    }

    private static double score(JsonNode prediction) throws IOException {
        return prediction.has("score") ? ModelAnswer.score(ModelAnswer.number(prediction, "score")) : 1;
    }

    private static double radius(JsonNode prediction, Circle within) throws IOException {
        if (!prediction.has("radius")) {
            return within.radius();
        }
        double radius = ModelAnswer.number(
                prediction.path("radius").isObject() ? prediction.path("radius") : prediction, "radius");
        if (radius <= 0) {
            throw new IOException("a radius of the model server's answer is not above 0");
        }
        return radius;
    }
}
