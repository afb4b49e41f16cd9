package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Latency;
import io.sluice.local.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Connections, and so events under way at a time; those that are due besides are late. */
    private static final int CONNECTIONS = 256;

    private static final int PAYLOAD = 1024;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    /** Times since the events were due, in microseconds. */
    private record Times(Histogram acknowledged, Histogram shown) {

        Times() {
            this(OpenLoop.micros(), OpenLoop.micros());
        }

        /** Reads the event of a post that is acknowledged. */
        Optional<ByteBuffer> answered(Generator generator, Response response, long dueNanos) {
            Optional<String> location = response.header("Location");
            if (location.isEmpty()) {
                response.require(OK);
                OpenLoop.record(shown, dueNanos);
                return Optional.empty();
            }
            response.require(ACCEPTED);
            OpenLoop.record(acknowledged, dueNanos);
            return location.map(path -> generator.get(path, "Prefer: wait=30\r\n"));
        }
    }

    Report run() throws IOException, InterruptedException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of())) {
            environment.start(project, "consumer", Map.of());
            Program api = environment.start(project, "api", Map.of());
            Contender messages = Contender.messages("messages", api);
            try (Generator generator = messages.open(CONNECTIONS)) {
                List<ByteBuffer> posts = generator.prepare(new Workload(PAYLOAD)::body);
                // Programs that have just started would be overloaded by the whole rate, and refuse requests.
                Duration step = warmUp.dividedBy(10);
                for (int part : WARM_UP_PARTS) {
                    send(generator, posts, perSecond / part, step);
                }
                send(generator, posts, perSecond, warmUp.minus(step.multipliedBy(WARM_UP_PARTS.size())));
                Cores cores = new Cores(environment::processes);
                Cores.Watch watch = cores.watch();
                Times times = send(generator, posts, perSecond, window);
                watch.end();
                return report(times, cores);
            }
        }
    }

    private static Times send(Generator generator, List<ByteBuffer> posts, int perSecond, Duration time)
            throws IOException {
        ProgressLog.log("%d/s for %d s".formatted(perSecond, time.toSeconds()));
        Times times = new Times();
        generator.atRate(posts, perSecond, time, (response, dueNanos) -> times.answered(generator, response, dueNanos));
        return times;
    }

    private Report report(Times times, Cores cores) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(
                "events",
                "%d a second for %d s, after %d s that do not count"
                        .formatted(perSecond, window.toSeconds(), warmUp.toSeconds()));
        parameters.put("payload", "%,d bytes".formatted(PAYLOAD));
        parameters.put("cores used, and µs of them for each event", Markdown.cores(cores.average(), perSecond));
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
