package io.sluice.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts the events of a series at a steady rate, each after the previous one was acknowledged; an event that is not
 * acknowledged is posted again with the same {@code Idempotency-Key}, to the other api.
 */
final class LoadClient extends Client {

    private static final int PHASES = 100;
    private static final int ACCEPTED = 202;

    private final Series series;
    private final ApiClient apis;
    private final Duration interval;
    private final Traffic traffic;
    private volatile int sent;
    private volatile int acknowledged;

    LoadClient(Series series, List<URI> apis, HttpClient http, Duration interval, Traffic traffic) {
        super(series.name());
        this.series = series;
        this.apis = new ApiClient(apis, series.key(), http, traffic);
        this.interval = interval;
        this.traffic = traffic;
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

    /** Spreads the clients over the interval. */
    @Override
    void begin() throws InterruptedException {
        sleep(interval.multipliedBy(new Random(series.name().hashCode()).nextInt(PHASES))
                .dividedBy(PHASES));
    }

    @Override
    void next(int number) throws InterruptedException {
        long start = System.nanoTime();
        send(number);
        sleep(interval.minusNanos(System.nanoTime() - start));
    }

    private void send(int number) throws InterruptedException {
        sent = number;
        String first = "{\"id\":\"%s\"}".formatted(series.id(number));
        String repeated = "{\"id\":\"%s\",\"repeated\":true}".formatted(series.id(number));
        HttpResponse<String> answer = post(number);
        boolean acknowledges = isAcceptance(answer, Set.of(first));
        while (!acknowledges) {
            apis.retry(answer, series.idempotencyKey(number));
            answer = post(number);
            acknowledges = isAcceptance(answer, Set.of(first, repeated));
        }
        acknowledged = number;
        traffic.acknowledged();
    }

    private @Nullable HttpResponse<String> post(int number) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", series.idempotencyKey(number))
                .POST(HttpRequest.BodyPublishers.ofByteArray(series.request(number)));
        return apis.send(request, "/api/v1/messages");
    }

    private static boolean isAcceptance(@Nullable HttpResponse<String> answer, Set<String> bodies) {
        return answer != null && answer.statusCode() == ACCEPTED && bodies.contains(answer.body());
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Math.max(0, duration.toMillis()));
    }
}
