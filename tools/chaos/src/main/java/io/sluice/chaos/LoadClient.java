package io.sluice.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Posts the events of a series at a steady rate, each after the previous one was acknowledged; an event that is not
 * acknowledged is posted again with the same {@code Idempotency-Key}, to the other api.
 */
final class LoadClient implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(100);
    private static final int PHASES = 100;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    private final Series series;
    private final List<URI> apis;
    private final HttpClient http;
    private final Duration interval;
    private final Traffic traffic;
    private int api;
    private volatile boolean ending;
    private volatile int sent;
    private volatile int acknowledged;

    LoadClient(Series series, List<URI> apis, HttpClient http, Duration interval, Traffic traffic) {
        this.series = series;
        this.apis = apis;
        this.http = http;
        this.interval = interval;
        this.traffic = traffic;
        this.api = series.key() % apis.size();
    }

    Series series() {
        return series;
    }

    /** Number of the last event that was sent, acknowledged or not; 0 if there is none. */
    int sent() {
        return sent;
    }

    /** Number of the last event that was acknowledged, as all before it were; 0 if there is none. */
    int acknowledged() {
        return acknowledged;
    }

    /** Waits for the acknowledgement of the event in flight, and sends no more. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try {
            // Spreads the clients over the interval.
            sleep(interval.multipliedBy(new Random(series.name().hashCode()).nextInt(PHASES))
                    .dividedBy(PHASES));
            while (!ending) {
                long start = System.nanoTime();
                sendNext();
                sleep(interval.minusNanos(System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendNext() throws InterruptedException {
        int number = acknowledged + 1;
        sent = number;
        while (!post(number)) {
            api = (api + 1) % apis.size();
            sleep(BEFORE_RETRY);
        }
        acknowledged = number;
        traffic.acknowledged();
    }

    private boolean post(int number) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(apis.get(api).resolve("/api/v1/messages"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", series.idempotencyKey(number))
                .POST(HttpRequest.BodyPublishers.ofByteArray(series.request(number)))
                .build();
        try {
            return isAcknowledgement(number, http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            traffic.retried("no answer within %d s".formatted(PATIENCE.toSeconds()));
            return false;
        } catch (IOException e) {
            traffic.retried("connection refused or lost");
            return false;
        }
    }

    private boolean isAcknowledgement(int number, HttpResponse<String> answer) {
        String expected = "{\"id\":\"%s\"}".formatted(series.id(number));
        if (answer.statusCode() == ACCEPTED && answer.body().equals(expected)) {
            return true;
        }
        traffic.retried("status " + answer.statusCode());
        if (answer.statusCode() != UNAVAILABLE) {
            traffic.unexpected("%s was answered with %d %s"
                    .formatted(series.idempotencyKey(number), answer.statusCode(), answer.body()));
        }
        return false;
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Math.max(0, duration.toMillis()));
    }
}
