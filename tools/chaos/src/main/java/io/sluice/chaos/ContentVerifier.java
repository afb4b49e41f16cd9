package io.sluice.chaos;

import io.sluice.chaos.Violation.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Verifies the bytes that an api sends: images as they were uploaded, and the picture of each.
 *
 * @param api address of one, of which nothing is broken any more
 */
record ContentVerifier(URI api, HttpClient http, Consumer<Violation> violations) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    void verify(Map<UUID, RenderedImage> images) throws InterruptedException {
        for (Map.Entry<UUID, RenderedImage> image : images.entrySet()) {
            HttpResponse<byte[]> content = get(image.getKey(), "content");
            if (content.statusCode() != OK) {
                report(Rule.NOTHING_IS_LOST, content);
            } else if (!Arrays.equals(content.body(), image.getValue().png())) {
                report(Rule.BYTES_STAY_AS_THEY_WERE_SENT, content);
            }
            HttpResponse<byte[]> overlay = get(image.getKey(), "overlay.png");
            if (overlay.statusCode() != OK) {
                report(Rule.IMAGES_ARE_ANALYSED_ONCE, overlay);
            }
        }
    }

    private HttpResponse<byte[]> get(UUID image, String part) throws InterruptedException {
        URI uri = api.resolve(ImageClient.PATH + "/" + image + "/" + part);
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Failure("There is no answer to " + uri + ": " + e);
        }
    }

    private void report(Rule rule, HttpResponse<byte[]> answer) {
        violations.accept(new Violation(
                rule,
                "%s is answered with %d and other bytes".formatted(answer.uri().getPath(), answer.statusCode())));
    }
}
