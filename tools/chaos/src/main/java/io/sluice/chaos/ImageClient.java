package io.sluice.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uploads one image after the other at a steady rate. What is not accepted is sent again to the other api: the same bytes are one
 * image, so that each is made once.
 */
final class ImageClient extends Client {

    static final String PATH = "/api/v1/images";

    /** Status of an answer to an upload: accepted now, or by an earlier attempt. */
    private static final Set<Integer> MADE = Set.of(202, 200);

    private final int client;
    private final ApiClient apis;
    private final Duration interval;
    private final Traffic traffic;
    private final Map<UUID, RenderedImage> accepted = new ConcurrentHashMap<>();

    ImageClient(int client, List<URI> apis, HttpClient http, Duration interval, Traffic traffic) {
        super("image-client-" + client);
        this.client = client;
        this.apis = new ApiClient(apis, client, http, traffic);
        this.interval = interval;
        this.traffic = traffic;
    }

    /** The images that were accepted, by their ids. */
    Map<UUID, RenderedImage> accepted() {
        return accepted;
    }

    @Override
    void next(int number) throws InterruptedException {
        upload(new RenderedImage(client, number));
        Thread.sleep(interval.toMillis());
    }

    private void upload(RenderedImage image) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(image.png()));
        HttpResponse<String> answer = apis.send(request, PATH);
        while (answer == null || !MADE.contains(answer.statusCode())) {
            apis.retry(answer, "image " + image.number() + " of " + name());
            answer = apis.send(request, PATH);
        }
        accepted.put(ApiClient.id(answer.body()), image);
        traffic.acknowledged();
    }
}
