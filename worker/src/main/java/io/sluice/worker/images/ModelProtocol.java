package io.sluice.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Requests and answers of model servers. */
interface ModelProtocol {

    /** Path that an image is posted to; the name of the model is percent-encoded. */
    String inferencePath(String model);

    /** Path whose answer is 200 while the model is ready. */
    String readinessPath(String model);

    /** Body of a request: JSON around the Base64 of an image. */
    String request(String base64);

    /**
     * Objects of an answer, in pixels of the image that was sent.
     *
     * @throws IOException if the answer is not one of this protocol
     */
    List<DetectedObject> objects(JsonNode answer) throws IOException;
}
