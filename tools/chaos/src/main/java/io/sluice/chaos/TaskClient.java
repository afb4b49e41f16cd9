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
 * Makes tasks one after the other, changes each some times and deletes it, at a steady rate. What is not answered is sent
 * again to the other api, with the same {@code Idempotency-Key} or {@code If-Match}, so that each change is made once.
 */
final class TaskClient extends Client {

    /** Number of the version that deletes a task. */
    static final int LAST_VERSION = 6;

    private static final String PATH = "/api/v1/tasks";
    private static final int CREATED = 201;

    /** Status of an answer to a change: changed, or deleted. */
    private static final Set<Integer> MADE = Set.of(200, 204);

    /** The same where the change was made by an earlier attempt: precondition failed, and not found. */
    private static final Set<Integer> MADE_BEFORE = Set.of(200, 204, 412, 404);

    private final ApiClient apis;
    private final Duration interval;
    private final Traffic traffic;
    private final Map<UUID, Integer> versions = new ConcurrentHashMap<>();

    TaskClient(String name, List<URI> apis, HttpClient http, Duration interval, Traffic traffic) {
        super(name);
        this.apis = new ApiClient(apis, 0, http, traffic);
        this.interval = interval;
        this.traffic = traffic;
    }

    /** The last version of each task that was acknowledged, as all before it were. */
    Map<UUID, Integer> versions() {
        return versions;
    }

    /** Number of acknowledged changes. */
    int acknowledged() {
        return versions.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Makes a task, and takes it through all its versions. */
    @Override
    void next(int number) throws InterruptedException {
        UUID id = make(number);
        for (int version = 2; version <= LAST_VERSION && !isEnding(); version++) {
            Thread.sleep(interval.toMillis());
            change(id, version);
        }
        Thread.sleep(interval.toMillis());
    }

    private UUID make(int number) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name() + "/" + number)
                .POST(BodyPublishers.ofString(content(1)));
        while (true) {
            HttpResponse<String> answer = apis.send(request, PATH);
            if (answer != null && answer.statusCode() == CREATED) {
                UUID id = ApiClient.id(answer.body());
                acknowledged(id, 1);
                return id;
            }
            apis.retry(answer, "task " + name() + "/" + number);
        }
    }

    private void change(UUID id, int version) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "\"%d\"".formatted(version - 1));
        if (version == LAST_VERSION) {
            request.DELETE();
        } else {
            request.method("PATCH", BodyPublishers.ofString(content(version)));
        }
        Set<Integer> made = MADE;
        HttpResponse<String> answer = apis.send(request, PATH + "/" + id);
        while (answer == null || !made.contains(answer.statusCode())) {
            apis.retry(answer, "task " + id + " version " + version);
            // Nobody else changes this task, so that the attempt before, whose outcome is unknown, has made the change.
            made = MADE_BEFORE;
            answer = apis.send(request, PATH + "/" + id);
        }
        acknowledged(id, version);
    }

    private static String content(int version) {
        return "{\"title\":\"version %d\"}".formatted(version);
    }

    private void acknowledged(UUID id, int version) {
        versions.put(id, version);
        traffic.acknowledged();
    }
}
