package io.sluice.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** Requests to the api, and through it to consumer and worker: each kind at least once, frequent ones more often. */
final class TrainingWorkload {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int EVENTS = 300;
    private static final int TASKS = 20;
    private static final int IMAGES = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final int port;
    private final int metricsPort;
    private final String token;

    /**
     * @param port of the api
     * @param metricsPort of the api
     * @param token accepted by the api
     */
    TrainingWorkload(int port, int metricsPort, String token) {
        this.port = port;
        this.metricsPort = metricsPort;
        this.token = token;
    }

    /**
     * Waits until the api is ready, and runs the workload.
     *
     * @return whether all requests succeeded
     */
    boolean succeeds(BooleanSupplier alive) throws IOException, InterruptedException {
        return becomesReady(alive) && stores() && changes() && analyses() && shows();
    }

    private boolean becomesReady(BooleanSupplier alive) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (alive.getAsBoolean() && System.nanoTime() < deadline) {
            try {
                if (get(port, "/health/ready").statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            Thread.sleep(POLL.toMillis());
        }
        return false;
    }

    private boolean stores() throws IOException, InterruptedException {
        String location = "";
        for (int number = 0; number < EVENTS; number++) {
            HttpResponse<String> answer = post(number);
            if (answer.statusCode() != 202) {
                return false;
            }
            location = answer.headers().firstValue("Location").orElseThrow();
        }
        return send(request(port, location).header("Prefer", "wait=30")).statusCode() == 200;
    }

    /** Makes tasks, changes and deletes them. */
    private boolean changes() throws IOException, InterruptedException {
        boolean all = true;
        for (int number = 0; number < TASKS; number++) {
            HttpResponse<String> made = send(request(port, "/api/v1/tasks")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "training-" + number)
                    .POST(BodyPublishers.ofString("{\"title\":\"training\",\"tags\":[\"training\"]}")));
            if (made.statusCode() != 201) {
                return false;
            }
            String task = made.headers().firstValue("Location").orElseThrow();
            all &= get(port, task).statusCode() == 200;
            all &= get(port, "/api/v1/tasks?status=open&tag=training").statusCode() == 200;
            all &= send(request(port, task)
                                    .header("Content-Type", "application/merge-patch+json")
                                    .header("If-Match", "\"1\"")
                                    .method("PATCH", BodyPublishers.ofString("{\"priority\":\"high\"}")))
                            .statusCode()
                    == 200;
            all &= send(request(port, task + "/complete").POST(BodyPublishers.noBody()))
                            .statusCode()
                    == 200;
            all &= get(port, task + "/activity").statusCode() == 200;
            all &= send(request(port, task).DELETE()).statusCode() == 204;
        }
        return all;
    }

    /** Uploads images, waits for their analysis, and deletes them. */
    private boolean analyses() throws IOException, InterruptedException {
        boolean all = true;
        for (int number = 0; number < IMAGES; number++) {
            HttpResponse<String> analysed = send(request(port, "/api/v1/images")
                    .header("Prefer", "wait=30")
                    .POST(BodyPublishers.ofByteArray(disc(20 + number))));
            if (!analysed.body().contains("\"status\":\"done\"")) {
                return false;
            }
            String image = analysed.headers().firstValue("Location").orElseThrow();
            all &= get(port, image + "/objects").statusCode() == 200;
            all &= get(port, image + "/overlay.png").statusCode() == 200;
            all &= get(port, "/api/v1/images").statusCode() == 200;
            all &= send(request(port, image).DELETE()).statusCode() == 204;
        }
        return all;
    }

    private static byte[] disc(int radius) throws IOException {
        BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillOval(100 - radius, 75 - radius, 2 * radius, 2 * radius);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private boolean shows() throws IOException, InterruptedException {
        boolean all = true;
        for (int time = 0; time < 5; time++) {
            all &= get(port, "/api/v1/messages?subject=training&limit=10").statusCode() == 200;
            all &= get(port, "/api/v1/dead-letters").statusCode() == 200;
            all &= get(port, "/health").statusCode() == 200;
            all &= get(port, "/health/live").statusCode() == 200;
            all &= get(port, "/openapi").statusCode() == 200;
            all &= get(metricsPort, "/metrics").statusCode() == 200;
        }
        return all;
    }

    private HttpResponse<String> post(int number) throws IOException, InterruptedException {
        String body =
                """
                {"type":"training","key":"key-%d","subject":"training","payload":{"number":%d,"text":"%s"}}"""
                        .formatted(number % 10, number, "x".repeat(number));
        return send(request(port, "/api/v1/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(request(port, path));
    }

    private HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
