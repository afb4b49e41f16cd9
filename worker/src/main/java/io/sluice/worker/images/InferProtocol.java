package io.sluice.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.worker.images.DetectedObject.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Open Inference Protocol, also called V2. The image is an input {@code image} of the type BYTES; the answer has the outputs {@code boxes},
 * four numbers ({@code xmin}, {@code ymin}, {@code xmax}, {@code ymax}) for each object, and perhaps {@code scores}, one for each.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a>
 */
final class InferProtocol implements ModelProtocol {

    private static final int CORNERS = 4;

    @Override
    public String inferencePath(String model) {
        return "/v2/models/" + model + "/infer";
    }

    @Override
    public String readinessPath(String model) {
        return "/v2/models/" + model + "/ready";
    }

    @Override
    public String request(String base64) {
        return "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"" + base64 + "\"]}]}";
    }

    @Override
    public List<DetectedObject> objects(JsonNode answer) throws IOException {
        List<Double> boxes = List.of();
        List<Double> scores = List.of();
        boolean hasScores = false;
        for (JsonNode output : ModelAnswer.array(answer, "outputs")) {
            switch (output.path("name").asText()) {
                case "boxes" -> boxes = numbers(output);
                case "scores" -> {
                    scores = numbers(output);
                    hasScores = true;
                }
                default -> {
                    // Another output of the model.
                }
            }
        }
        if (boxes.size() % CORNERS != 0 || (hasScores && scores.size() * CORNERS != boxes.size())) {
            throw new IOException("boxes and scores of the model server's answer do not go together");
        }
        List<DetectedObject> objects = new ArrayList<>();
        for (int i = 0; i < boxes.size() / CORNERS; i++) {
            List<Double> corners = boxes.subList(i * CORNERS, (i + 1) * CORNERS);
            Box box = ModelAnswer.box(corners.get(0), corners.get(1), corners.get(2), corners.get(3));
            double score = hasScores ? ModelAnswer.score(scores.get(i)) : 1;
            objects.add(new DetectedObject(
                    box,
                    ModelAnswer.circleIn(box, score),
                    ModelAnswer.circleIn(box, score).area()));
        }
        return objects;
    }

    /** Data of an output, which may be nested as its shape is. */
    private static List<Double> numbers(JsonNode output) throws IOException {
        List<Double> numbers = new ArrayList<>();
        addNumbers(ModelAnswer.array(output, "data"), numbers);
        return numbers;
    }

    private static void addNumbers(JsonNode data, List<Double> numbers) throws IOException {
        for (JsonNode element : data) {
            if (element.isArray()) {
                addNumbers(element, numbers);
            } else {
                numbers.add(ModelAnswer.number(element));
            }
        }
    }
}
