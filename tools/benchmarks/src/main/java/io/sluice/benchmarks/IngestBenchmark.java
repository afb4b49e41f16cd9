package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.benchmarks.bulk.PerformanceTool;
import io.sluice.local.Program;
import io.sluice.local.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures POSTs of single events, against an endpoint of the same program that only reads the body and answers, and against what
 * that and a producer would reach on the same cores one after the other. Fails unless every response was a 202 and the topic holds
 * exactly as many records.
 *
 * @param project the measured checkout, packaged
 * @param against another checkout, or {@code null}
 * @param window duration of a contender's run in a round, and at a fixed rate
 * @param warmUp minimum duration of a contender's run before the first round
 * @param otherConnections numbers of connections besides {@value #CONNECTIONS}, with fewer contenders
 */
record IngestBenchmark(
        Path project,
        @Nullable Path against,
        int rounds,
        Duration window,
        Duration warmUp,
        List<Integer> otherConnections) {

    private static final String NOTHING = "nothing";
    private static final String MESSAGES = "messages";
    private static final int PAYLOAD = 1024;
    private static final int SMALL_PAYLOAD = 200;
    private static final int CONNECTIONS = 64;
    private static final List<Double> PARTS = List.of(0.25, 0.5, 0.75, 0.9);
    private static final String SECRET = "a secret of the benchmarks, for tokens";
    private static final int RECORDS_TO_WARM_UP = 100_000;

    /** A producer's records a second, by round. */
    private record ToolTrack(PerformanceTool tool, List<Double> speeds, List<Integer> records) {

        void send(int count) throws IOException {
            long start = System.nanoTime();
            tool.send(count, PAYLOAD);
            speeds.add(count / ((System.nanoTime() - start) / 1e9));
            records.add(count);
        }
    }

    Report run() throws IOException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of())) {
            List<Contender> contenders = contenders(environment);
            List<Contender> two = contenders.stream()
                    .filter(each -> List.of(NOTHING, MESSAGES).contains(each.name()))
                    .toList();
            IngestLoad main = IngestLoad.of(contenders, PAYLOAD, CONNECTIONS, environment);
            List<IngestLoad> others =
                    new ArrayList<>(List.of(IngestLoad.of(two, SMALL_PAYLOAD, CONNECTIONS, environment)));
            for (int connections : otherConnections) {
                others.add(IngestLoad.of(two, PAYLOAD, connections, environment));
            }
            MessagesTopic topic = new MessagesTopic(environment.settings().kafka());
            ToolTrack tool = new ToolTrack(
                    new PerformanceTool(environment.settings().kafka().bootstrapServers(), topic.name()),
                    new ArrayList<>(),
                    new ArrayList<>());

            main.warmUp(warmUp);
            tool.send((int) Math.min(RECORDS_TO_WARM_UP, 5_000 * warmUp.toMillis() / 1_000));
            for (int round = 1; round <= rounds; round++) {
                main.round(round, window);
                tool.send((int) (tool.speeds().get(round - 1) * window.toMillis() / 1_000));
            }
            List<Comparison> comparisons = new ArrayList<>(List.of(main.comparison(), limit(main, tool)));
            List<Latency> latencies = new ArrayList<>();
            for (double part : PARTS) {
                latencies.add(main.latency(MESSAGES, part, window));
            }
            for (IngestLoad other : others) {
                other.warmUp(warmUp.dividedBy(8));
                for (int round = 1; round <= rounds; round++) {
                    other.round(round, window);
                }
                comparisons.add(other.comparison());
            }
            long records = tool.records().stream().mapToLong(Integer::longValue).sum();
            long published = others.stream().mapToLong(IngestLoad::published).sum();
            topic.requireCount(main.published() + published + records);
            return report(comparisons, latencies);
        }
    }

    /** The endpoint that does nothing comes first: the others are compared with it. */
    private List<Contender> contenders(TestEnvironment environment) {
        String program = "tools/benchmarks/api";
        Program api = environment.start(project, program, Map.of());
        // Callers with tokens have a limit by default.
        Map<String, String> secret = Map.of("AUTH_SECRET", SECRET, "RATE_LIMIT", "0");
        String token = Token.parse(List.of()).sign(secret, Clock.systemUTC());
        List<Contender> contenders = new ArrayList<>(List.of(
                Contender.silent(NOTHING, api, "/benchmarks/nothing"),
                Contender.silent("validation", api, "/benchmarks/validation"),
                Contender.messages(MESSAGES, api),
                Contender.messages(
                        "messages with Idempotency-Key", api, n -> "Idempotency-Key: order-%d\r\n".formatted(n)),
                Contender.messages(
                        "messages with a token",
                        environment.start(project, program, secret),
                        n -> "Authorization: Bearer %s\r\n".formatted(token))));
        if (against != null) {
            contenders.add(Contender.messages(
                    "messages of " + Versions.commit(against), environment.start(against, "api", Map.of())));
        }
        return contenders;
    }

    /** Requests a second of an endpoint that does nothing, and then has a producer do nothing else, on the same cores. */
    private Comparison limit(IngestLoad load, ToolTrack tool) {
        List<Double> nothing = load.rounds(NOTHING).values();
        List<Double> limits = IntStream.range(0, rounds)
                .mapToObj(
                        round -> 1 / (1 / nothing.get(round) + 1 / tool.speeds().get(round + 1)))
                .toList();
        return Comparison.of(
                "The limit of nothing and ProducerPerformance one after the other, " + load.name(),
                "requests/s",
                List.of(
                        new Speed("1 / (1 / nothing + 1 / ProducerPerformance)", Spread.of(limits), Map.of()),
                        new Speed(MESSAGES, load.rounds(MESSAGES), Map.of())));
    }

    private Report report(List<Comparison> comparisons, List<Latency> latencies) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", rounds + ", the contenders taking turns");
        parameters.put("a contender's time in a round", window.toSeconds() + " s");
        parameters.put("warm-up", "at least " + warmUp.toSeconds() + " s each, until the speed is steady");
        parameters.put("connections", "kept open, one request at a time on each");
        parameters.put("events", "with type, key and subject, without an id");
        return Report.of(
                Subject.INGEST,
                project,
                parameters,
                comparisons,
                latencies,
                List.of(
                        "Every answer was a 202, and the topic holds as many records as events were acknowledged.",
                        "Load generator, api and Kafka share the machine. No consumer runs. PostgreSQL idles, but for the look-ups of keys.",
                        "\"nothing\" is an endpoint of the same program that reads the body and answers 202; \"validation\" is one that checks "
                                + "permission and event, and encodes the record; both publish nothing.",
                        "ProducerPerformance is that of kafka-tools in the process of the benchmark, with the settings of the api's producer and "
                                + "values as long as the payloads.",
                        "Latencies count from the moment that a request was due, and so include its wait for a connection."));
    }
}
