package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.contract.Topic;
import io.sluice.local.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures POSTs of single events, against an endpoint of the same program that only reads the body and answers. Fails
 * unless every response was a 202 and the topic holds exactly as many records.
 *
 * @param project the measured checkout, packaged
 * @param against another checkout, or {@code null}
 * @param window duration of a contender's run in a round, and at a fixed rate
 * @param warmUp minimum duration of a contender's run before the first round
 */
record IngestBenchmark(Path project, @Nullable Path against, int rounds, Duration window, Duration warmUp) {

    private static final int CONNECTIONS = 64;
    private static final List<Integer> PAYLOADS = List.of(1024, 200);
    private static final int MIN_SLICES = 4;
    private static final int MAX_SLICES = 8;
    private static final double STEADY = 0.05;
    private static final Map<String, Double> PERCENTILES = percentiles();

    private static Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("max", 100.0);
        return percentiles;
    }

    /** A contender that answers POSTs. */
    private record Contender(String name, Generator generator) {}

    /** A contender with events of one size. */
    private record Track(Contender contender, List<ByteBuffer> requests, Cores cores, List<Double> speeds) {

        double run(Duration time) throws IOException {
            return contender.generator().atFullSpeed(requests, time);
        }

        double measure(Duration time) throws IOException {
            Cores.Watch watch = cores.watch();
            double speed = run(time);
            watch.end();
            speeds.add(speed);
            return speed;
        }

        Speed speed() {
            return new Speed(contender.name(), Spread.of(speeds), cores.average());
        }
    }

    Report run() throws IOException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of())) {
            List<Contender> contenders = contenders(environment);
            List<Comparison> comparisons = new ArrayList<>();
            List<Latency> latencies = new ArrayList<>();
            Duration warmUp = this.warmUp;
            for (int payload : PAYLOADS) {
                List<Track> tracks = contenders.stream()
                        .map(contender -> track(contender, new Workload(payload), environment))
                        .toList();
                String name = "payload of " + payload + " bytes";
                warmUp(tracks, warmUp);
                Comparison comparison = compare(name, tracks);
                comparisons.add(comparison);
                latencies.addAll(latencies(name, tracks, rate(comparison)));
                // The second size finds code that is compiled.
                warmUp = this.warmUp.dividedBy(4);
            }
            proveComplete(environment, contenders);
            return report(comparisons, latencies);
        }
    }

    private static Track track(Contender contender, Workload workload, TestEnvironment environment) {
        return new Track(
                contender,
                contender.generator().prepare(workload),
                new Cores(environment::processes),
                new ArrayList<>());
    }

    /** The endpoint that does nothing comes first: the others are compared with it. */
    private List<Contender> contenders(TestEnvironment environment) throws IOException {
        Program api = environment.start(project, "tools/benchmarks/api", Map.of());
        List<Contender> contenders = new ArrayList<>();
        contenders.add(contender("nothing", api, "/benchmarks/nothing"));
        contenders.add(contender("messages", api, "/api/v1/messages"));
        if (against != null) {
            Program other = environment.start(against, "api", Map.of());
            contenders.add(contender("messages of " + Versions.commit(against), other, "/api/v1/messages"));
        }
        return contenders;
    }

    private static Contender contender(String name, Program api, String path) throws IOException {
        return new Contender(name, Generator.open(api.url().resolve(path), CONNECTIONS));
    }

    private static void warmUp(List<Track> tracks, Duration atLeast) throws IOException {
        Duration slice = atLeast.dividedBy(MIN_SLICES);
        for (Track track : tracks) {
            ProgressLog.log("warming up: " + track.contender().name());
            double before = 0;
            for (int slices = 1; slices <= MAX_SLICES; slices++) {
                double now = track.run(slice);
                if (slices >= MIN_SLICES && Math.abs(now - before) < STEADY * now) {
                    break;
                }
                before = now;
            }
        }
    }

    private Comparison compare(String name, List<Track> tracks) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            for (Track track : tracks) {
                double speed = track.measure(window);
                ProgressLog.log("%s, round %d of %d, %s: %,.0f/s"
                        .formatted(name, round, rounds, track.contender().name(), speed));
            }
        }
        return Comparison.of(
                "POST, " + name, "requests/s", tracks.stream().map(Track::speed).toList());
    }

    /** Half of what the slowest contender can do: the same for all of them. */
    private static double rate(Comparison comparison) {
        return comparison.speeds().stream()
                        .mapToDouble(speed -> speed.rounds().median())
                        .min()
                        .orElseThrow()
                / 2;
    }

    private List<Latency> latencies(String name, List<Track> tracks, double rate) throws IOException {
        List<Latency> latencies = new ArrayList<>();
        for (Track track : tracks) {
            Contender contender = track.contender();
            ProgressLog.log("%s, %s at %,.0f/s".formatted(name, contender.name(), rate));
            Histogram micros = contender.generator().atRate(track.requests(), rate, window);
            Map<String, Double> millis = new LinkedHashMap<>();
            PERCENTILES.forEach(
                    (label, percentile) -> millis.put(label, micros.getValueAtPercentile(percentile) / 1_000.0));
            latencies.add(new Latency(name, contender.name(), Math.round(rate), millis));
        }
        return latencies;
    }

    private static void proveComplete(TestEnvironment environment, List<Contender> contenders) {
        long acknowledged = contenders.stream()
                .skip(1)
                .mapToLong(contender -> contender.generator().acknowledged())
                .sum();
        long published = new MessagesTopic(environment.settings().kafka()).count();
        if (published != acknowledged) {
            throw new Failure("%d events were answered with 202, but the topic %s holds %d."
                    .formatted(acknowledged, environment.settings().kafka().topicName(Topic.MESSAGES), published));
        }
        ProgressLog.log("%,d events were answered with 202, and the topic holds as many".formatted(acknowledged));
    }

    private Report report(List<Comparison> comparisons, List<Latency> latencies) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", rounds + ", the contenders taking turns");
        parameters.put("a contender's time in a round", window.toSeconds() + " s");
        parameters.put("warm-up", "at least " + warmUp.toSeconds() + " s each, until the speed is steady");
        parameters.put("connections", CONNECTIONS + ", kept open, one request at a time on each");
        parameters.put("events", "with type, key and subject, without an id");
        return Report.of(
                Subject.INGEST,
                project,
                parameters,
                comparisons,
                latencies,
                List.of(
                        "Every answer was a 202, and the topic holds as many records as events were answered so.",
                        "Load generator, api and Kafka share the machine. No consumer runs. PostgreSQL idles.",
                        "\"nothing\" is an endpoint of the same program that reads the body and answers 202: the limit.",
                        "Latencies count from the moment that a request was due, and so include its wait for a connection."));
    }
}
