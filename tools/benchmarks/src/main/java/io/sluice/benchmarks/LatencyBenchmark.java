package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Latency;
import io.sluice.local.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.Histogram;

/**
 * Measures how long an event takes from its POST until a GET that waits for it shows it, at a fixed rate. Fails unless each post is
 * answered with 202, and each read with 200.
 *
 * @param project the measured checkout, packaged
 * @param perSecond events a second, each sent when it is due, whether others are answered or not
 * @param warmUp duration before the events that count
 * @param window duration in which they are sent
 */
record LatencyBenchmark(Path project, int perSecond, Duration warmUp, Duration window) {

    /** The rate is divided by these in turn, for a tenth of the warm-up each; the rest of it has the whole rate. */
    private static final List<Integer> WARM_UP_PARTS = List.of(16, 8, 4, 2);

    /**
     * Events under way at a time; those that are due besides are late. The client opens a connection for each, and the api closes one for
     * each above its limit.
     */
    private static final int AT_ONCE = 256;

    private static final int PAYLOAD = 1024;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    /** Times since the events were due, in microseconds. */
    private record Times(Histogram acknowledged, Histogram shown) {

        Times() {
            this(OpenLoop.micros(), OpenLoop.micros());
        }
    }

    Report run() throws IOException, InterruptedException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of())) {
            environment.start(project, "consumer", Map.of());
            Program api = environment.start(project, "api", Map.of());
            URI endpoint = api.url().resolve("/api/v1/messages");
            // One thread, as the client shares the machine with what it measures: by default it has any number.
            ExecutorService thread = Executors.newSingleThreadExecutor();
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(thread)
                    .build();
            try {
                // Programs that have just started would be overloaded by the whole rate, and refuse requests.
                Duration step = warmUp.dividedBy(10);
                for (int part : WARM_UP_PARTS) {
                    send(client, endpoint, perSecond / part, step);
                }
                send(client, endpoint, perSecond, warmUp.minus(step.multipliedBy(WARM_UP_PARTS.size())));
                return report(send(client, endpoint, perSecond, window));
            } finally {
                thread.shutdownNow();
            }
        }
    }

    private static Times send(HttpClient client, URI endpoint, int perSecond, Duration time)
            throws InterruptedException {
        ProgressLog.log("%d/s for %d s".formatted(perSecond, time.toSeconds()));
        Workload workload = new Workload(PAYLOAD);
        Times times = new Times();
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<?>> events = new ArrayList<>();
        long interval = 1_000_000_000L / perSecond;
        long due = System.nanoTime();
        long end = due + time.toNanos();
        for (int n = 0; due < end; n++, due += interval) {
            OpenLoop.awaitDue(due);
            places.acquire();
            events.add(postAndRead(client, endpoint, workload.body(n), due, times)
                    .whenComplete((shown, failure) -> places.release()));
        }
        try {
            CompletableFuture.allOf(events.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure refused
                    ? refused
                    : new Failure("An event was not stored: " + e.getCause());
        }
        return times;
    }

    private static CompletableFuture<?> postAndRead(
            HttpClient client, URI endpoint, String body, long due, Times times) {
        HttpRequest post = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(post, BodyHandlers.ofString())
                .thenCompose(answer -> {
                    OpenLoop.require(ACCEPTED, answer);
                    OpenLoop.record(times.acknowledged(), due);
                    String location = answer.headers().firstValue("Location").orElseThrow();
                    HttpRequest get = HttpRequest.newBuilder(endpoint.resolve(location))
                            .header("Prefer", "wait=30")
                            .build();
                    return client.sendAsync(get, BodyHandlers.ofString());
                })
                .thenAccept(answer -> {
                    OpenLoop.require(OK, answer);
                    OpenLoop.record(times.shown(), due);
                });
    }

    private Report report(Times times) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(
                "events",
                "%d a second for %d s, after %d s that do not count"
                        .formatted(perSecond, window.toSeconds(), warmUp.toSeconds()));
        parameters.put("payload", "%,d bytes".formatted(PAYLOAD));
        return Report.of(
                Subject.LATENCY,
                project,
                parameters,
                List.of(),
                List.of(
                        latency("POST until its 202", "api", times.acknowledged()),
                        latency("POST until GET shows the event", "api and consumer", times.shown())),
                List.of(
                        "Times count from the moment that the event was due to be posted.",
                        "Each event is read by a GET with Prefer: wait, sent when its 202 has come, and answered once it is stored.",
                        "Clients, api, Kafka, consumer and PostgreSQL share the machine."));
    }

    private Latency latency(String name, String contender, Histogram micros) {
        return new Latency(name, contender, perSecond, Percentiles.millis(micros));
    }
}
