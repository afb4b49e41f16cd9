package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Latency;
import io.sluice.local.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * GETs of one client, one after the other, at a fixed rate. Fails unless each is answered with 200.
 *
 * @param window duration of a measurement, and of the same requests before it, which do not count
 */
record ReadLoad(Program api, Duration window) {

    private static final int PER_SECOND = 100;
    private static final int OK = 200;

    /**
     * Measures.
     *
     * @param path of the n-th request
     */
    Latency measure(String name, String contender, IntFunction<String> path) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Runnable::run)
                .build();
        int requests = (int) Math.max(1, PER_SECOND * window.toMillis() / 1_000);
        send(client, path, requests, requests);
        Histogram micros = send(client, path, 0, requests);
        Map<String, Double> millis = Percentiles.millis(micros);
        ProgressLog.log("%s, %s, ms: %s".formatted(name, contender, millis));
        return new Latency(name, contender, PER_SECOND, millis);
    }

    /** Times of so many requests since they were due. */
    private Histogram send(HttpClient client, IntFunction<String> path, int first, int requests)
            throws IOException, InterruptedException {
        Histogram micros = OpenLoop.micros();
        long due = System.nanoTime();
        for (int n = first; n < first + requests; n++, due += 1_000_000_000L / PER_SECOND) {
            OpenLoop.awaitDue(due);
            HttpRequest get =
                    HttpRequest.newBuilder(api.url().resolve(path.apply(n))).build();
            HttpResponse<String> answer = client.send(get, BodyHandlers.ofString());
            OpenLoop.require(OK, answer.statusCode(), answer.body());
            OpenLoop.record(micros, due);
        }
        return micros;
    }
}
