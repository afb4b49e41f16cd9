package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.benchmarks.bulk.BulkBody;
import io.sluice.benchmarks.bulk.BulkClient;
import io.sluice.benchmarks.bulk.PerformanceTool;
import io.sluice.local.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures posts of many events in one request, against {@code ProducerPerformance} of kafka-tools with the same settings, on the same
 * topic; and the memory of an api with a small heap. Fails unless every line was accepted and the topic holds exactly as many records.
 *
 * @param project the measured checkout, packaged
 * @param blocks thousands of lines of a contender in a round; a multiple of four
 * @param memory what is sent to an api with a small heap
 */
record BulkBenchmark(Path project, int rounds, int blocks, BulkMemory.Load memory) {

    /** Bytes of a line with its end, and of a record's value of the yardstick. */
    private static final int LINE_BYTES = 1024;

    private static final int MANY = 4;

    /** Contents of lines: a {@code payload} alone, around which stand 12 bytes and the line's end. */
    private static final Workload WORKLOAD = new Workload(LINE_BYTES - 13);

    private interface Run {
        void run() throws IOException, InterruptedException;
    }

    /** A contender, and its speed in each round. */
    private record Contender(String name, Run run, Cores cores, List<Double> speeds) {

        void measure(long lines) throws IOException, InterruptedException {
            Cores.Watch watch = cores.watch();
            double seconds = seconds();
            watch.end();
            speeds.add(lines / seconds);
            ProgressLog.log("%s: %,.0f events/s".formatted(name, lines / seconds));
        }

        private double seconds() throws IOException, InterruptedException {
            long start = System.nanoTime();
            run.run();
            return (System.nanoTime() - start) / 1e9;
        }

        Speed speed() {
            return new Speed(name, Spread.of(speeds), cores.average());
        }
    }

    /** A line with the n-th event. */
    static String line(int n) {
        return "{\"payload\":" + WORKLOAD.payload(n) + "}";
    }

    Report run() throws IOException, SQLException, InterruptedException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of())) {
            Program api = environment.start(project, "api", Map.of());
            MessagesTopic topic = new MessagesTopic(environment.settings().kafka());
            List<Contender> contenders = contenders(environment, api, topic);
            long lines = (long) blocks * BulkBody.BLOCK_LINES;
            for (Contender contender : contenders) {
                ProgressLog.log("warming up: " + contender.name());
                contender.seconds();
            }
            for (int round = 1; round <= rounds; round++) {
                ProgressLog.log("round %d of %d".formatted(round, rounds));
                for (Contender contender : contenders) {
                    contender.measure(lines);
                }
            }
            topic.requireCount(lines * contenders.size() * (rounds + 1));
            environment.stop(api);
            Comparison comparison = Comparison.of(
                    "%,d lines of %,d bytes".formatted(lines, LINE_BYTES),
                    "events/s",
                    contenders.stream().map(Contender::speed).toList());
            return report(comparison, new BulkMemory(project, environment, memory).run());
        }
    }

    /** The yardstick comes first: the others are compared with it. */
    private List<Contender> contenders(TestEnvironment environment, Program api, MessagesTopic topic)
            throws IOException {
        BulkBody plain = BulkBody.of(BulkBenchmark::line, blocks);
        BulkBody gzip = plain.gzip();
        BulkClient client = new BulkClient(api.url());
        PerformanceTool tool =
                new PerformanceTool(environment.settings().kafka().bootstrapServers(), topic.name());
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("ProducerPerformance", () -> tool.send(plain.allLines(), LINE_BYTES));
        runs.put("lines, one connection", () -> client.post(plain, 1));
        runs.put("lines, four connections", () -> client.post(plain.times(blocks / MANY), MANY));
        runs.put("gzip, one connection", () -> client.post(gzip, 1));
        runs.put("gzip, four connections", () -> client.post(gzip.times(blocks / MANY), MANY));
        List<Contender> contenders = new ArrayList<>();
        runs.forEach((name, run) ->
                contenders.add(new Contender(name, run, new Cores(environment::processes), new ArrayList<>())));
        return contenders;
    }

    private Report report(Comparison comparison, List<Report.Memory> memories) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", rounds + ", the contenders taking turns, after one that does not count");
        parameters.put(
                "lines",
                "a payload alone, without an id; %,d of them, again and again".formatted(BulkBody.BLOCK_LINES));
        PerformanceTool.SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> parameters.put(setting.getKey(), setting.getValue()));
        return Report.ofBulk(
                project,
                parameters,
                List.of(comparison),
                memories,
                List.of(
                        "Every line was accepted, and the topic holds as many records as were acknowledged.",
                        "ProducerPerformance is that of kafka-tools, in the process of the benchmark; its records have a value as long as a "
                                + "line and no headers, those of the api a payload of 13 bytes less, and the headers of an event.",
                        "Client, api and Kafka share the machine. No consumer runs. PostgreSQL idles.",
                        "The heap is what the collector has left, by its log; the process is what was resident, both at most. Of 20 clients each "
                                + "closes its connection midway, before one sends all."));
    }
}
