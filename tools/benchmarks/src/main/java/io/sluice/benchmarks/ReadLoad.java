package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Latency;
import io.sluice.local.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

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
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put("p50", micros.getValueAtPercentile(50) / 1_000.0);
        millis.put("p95", micros.getValueAtPercentile(95) / 1_000.0);
        ProgressLog.log("%s, %s, ms: %s".formatted(name, contender, millis));
        return new Latency(name, contender, PER_SECOND, millis);
    }

    /** Times of so many requests since they were due. */
    private Histogram send(HttpClient client, IntFunction<String> path, int first, int requests)
            throws IOException, InterruptedException {
        Histogram micros = new Histogram(LONGEST_MICROS, 3);
        long due = System.nanoTime();
        for (int n = first; n < first + requests; n++, due += 1_000_000_000L / PER_SECOND) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            HttpRequest get =
                    HttpRequest.newBuilder(api.url().resolve(path.apply(n))).build();
            HttpResponse<String> answer = client.send(get, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new Failure("The api answered %d: %s".formatted(answer.statusCode(), answer.body()));
            }
            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
        }
        return micros;
    }
}
