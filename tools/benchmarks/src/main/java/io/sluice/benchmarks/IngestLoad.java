package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Speed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * POSTs of one size over some connections, to contenders that take turns.
 *
 * @param name for people
 */
record IngestLoad(String name, List<Track> tracks) {

    private static final int MIN_SLICES = 4;
    private static final int MAX_SLICES = 8;
    private static final double STEADY = 0.05;

    /** A contender under this load, and its requests a second in each round. */
    record Track(
            Contender contender, Generator generator, List<ByteBuffer> requests, Cores cores, List<Double> speeds) {

        private double run(Duration time) throws IOException {
            return generator.atFullSpeed(requests, time);
        }

        private double measure(Duration time) throws IOException {
            Cores.Watch watch = cores.watch();
            double speed = run(time);
            watch.end();
            speeds.add(speed);
            return speed;
        }

        private Speed speed() {
            return new Speed(contender.name(), Spread.of(speeds), cores.average());
        }
    }

    static IngestLoad of(List<Contender> contenders, int payloadBytes, int connections, TestEnvironment environment)
            throws IOException {
        return of(
                "payload of %,d bytes, %,d connections".formatted(payloadBytes, connections),
                contenders,
                new Workload(payloadBytes)::body,
                connections,
                environment);
    }

    /** POSTs of the n-th body each. */
    static IngestLoad of(
            String name,
            List<Contender> contenders,
            IntFunction<String> bodies,
            int connections,
            TestEnvironment environment)
            throws IOException {
        List<Track> tracks = new ArrayList<>();
        for (Contender contender : contenders) {
            Generator generator = contender.open(connections);
            tracks.add(new Track(
                    contender,
                    generator,
                    generator.prepare(bodies),
                    new Cores(environment::processes),
                    new ArrayList<>()));
        }
        return new IngestLoad(name, List.copyOf(tracks));
    }

    /** Runs each until its speed is steady, for at least a time. */
    void warmUp(Duration atLeast) throws IOException {
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

    /** Runs each once, as fast as it can. */
    void round(int number, Duration window) throws IOException {
        for (Track track : tracks) {
            double speed = track.measure(window);
            ProgressLog.log("%s, round %d, %s: %,.0f/s"
                    .formatted(name, number, track.contender().name(), speed));
        }
    }

    /** The rounds side by side; the first contender is what the others are compared with. */
    Comparison comparison() {
        return Comparison.of(
                "POST, " + name, "requests/s", tracks.stream().map(Track::speed).toList());
    }

    /** The requests a second of a contender, by round. */
    Spread rounds(String contender) {
        return Spread.of(track(contender).speeds());
    }

    /** Latencies of a contender at a part of what it can do, with requests sent when they are due, whether others are answered or not. */
    Latency latency(String contender, double part, Duration window) throws IOException {
        Track track = track(contender);
        double rate = rounds(contender).median() * part;
        ProgressLog.log("%s, %s at %,.0f/s".formatted(name, contender, rate));
        Histogram micros = track.generator().atRate(track.requests(), rate, window);
        return new Latency(
                "%s, %.0f %% of the most".formatted(name, part * 100),
                contender,
                Math.round(rate),
                Percentiles.millis(micros));
    }

    /** Number of records that the contenders have had acknowledged. */
    long published() {
        return tracks.stream()
                .filter(track -> track.contender().publishes())
                .mapToLong(track -> track.generator().acknowledged())
                .sum();
    }

    private Track track(String contender) {
        return tracks.stream()
                .filter(track -> track.contender().name().equals(contender))
                .findFirst()
                .orElseThrow();
    }
}
