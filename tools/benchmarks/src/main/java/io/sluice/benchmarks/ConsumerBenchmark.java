package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.local.Program;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the packaged consumer on a full topic, against COPY of the same rows from a file on the server into the same
 * table with the same indexes; and again while retention deletes old rows from that table, unless another checkout is
 * measured beside it. After each run the rows are counted and compared with the topic.
 *
 * @param project the measured checkout, packaged
 * @param against another checkout, or {@code null}
 * @param records number of records in the topic
 * @param workload their contents
 * @param expired number of additional expired rows, enough for retention to run until the last record is stored
 */
record ConsumerBenchmark(
        Path project, @Nullable Path against, int rounds, int records, Workload workload, int expired) {

    /** The input of all rounds. */
    private record Run(TestEnvironment environment, MessagesTable table, Backlog backlog, String file) {}

    /** A consumer; it is measured twice. Of its last round the rows of each second are kept. */
    private record Contender(
            Path checkout, boolean besideRetention, Cores cores, Track all, Track secondHalf, List<Long> bySecond) {

        static Contender of(String name, Path checkout, boolean besideRetention, TestEnvironment environment) {
            return new Contender(
                    checkout,
                    besideRetention,
                    new Cores(environment::processes),
                    new Track(name + ", all rows"),
                    new Track(name + ", the second half of the rows"),
                    new ArrayList<>());
        }

        Stream<Speed> speeds() {
            return Stream.of(all.with(cores), secondHalf.with(cores));
        }

        String note() {
            return "Thousands of rows in each second of the last round of " + all.name() + ": "
                    + bySecond.stream()
                            .map(rows -> "%.1f".formatted(rows / 1e3))
                            .collect(Collectors.joining(" "));
        }
    }

    Report run() throws IOException, SQLException, InterruptedException {
        // Lets the server report when the last row was committed. Costs all contenders the same.
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of("track_commit_timestamp", "on"));
                MessagesTable table = MessagesTable.of(environment.postgres())) {
            ProgressLog.log("filling the topic with %,d records".formatted(records));
            Content content = new MessagesTopic(environment.settings().kafka()).fill(workload, records);
            Run run = new Run(environment, table, new Backlog(table, content), table.serverFile("benchmark.rows"));
            List<Contender> contenders = contenders(environment);
            return report(compare(run, contenders), contenders);
        }
    }

    private Comparison compare(Run run, List<Contender> contenders) throws SQLException, InterruptedException {
        Track copy = new Track("COPY");
        Cores copyCores = new Cores(run.environment()::processes);
        for (int round = 1; round <= rounds; round++) {
            ProgressLog.log("round %d of %d".formatted(round, rounds));
            for (Contender contender : contenders) {
                consume(run, contender);
            }
            if (round == 1) {
                run.table().copyTo(run.file());
            }
            copy(run, copyCores);
            copy.add(run.table().timing(2).perSecond());
        }
        List<Speed> speeds = Stream.concat(
                        Stream.of(copy.with(copyCores)), contenders.stream().flatMap(Contender::speeds))
                .toList();
        return Comparison.of(
                "%,d rows with payloads of %d bytes".formatted(records, workload.payloadBytes()), "rows/s", speeds);
    }

    private List<Contender> contenders(TestEnvironment environment) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.of("consumer", project, false, environment));
        if (against == null) {
            contenders.add(Contender.of("consumer beside retention", project, true, environment));
        } else {
            contenders.add(Contender.of("consumer of " + Versions.commit(against), against, false, environment));
        }
        return contenders;
    }

    /** Starts a process with a consumer group of its own, so that it begins with the oldest record. */
    private void consume(Run run, Contender contender) throws SQLException, InterruptedException {
        run.table().clear();
        if (contender.besideRetention()) {
            run.table().addExpired(expired);
        }
        Map<String, String> group = Map.of(Setting.KAFKA_GROUP_ID.name(), "benchmark-" + System.nanoTime());
        Cores.Watch watch = contender.cores().watch();
        Program consumer = run.environment().start(contender.checkout(), "consumer", group);
        try (@Nullable ConcurrentRetention retention = contender.besideRetention()
                        ? ConcurrentRetention.start(run.environment().settings(), run.table())
                        : null) {
            run.backlog().await();
            if (retention != null) {
                retention.requireAtWork();
            }
        }
        watch.end();
        run.environment().stop(consumer);
        run.backlog().requireStored();
        Timing timing = run.table().timing(2);
        contender.all().add(timing.perSecond());
        contender.secondHalf().add(timing.perSecond(1));
        contender.bySecond().clear();
        contender.bySecond().addAll(run.table().bySecond());
    }

    private static void copy(Run run, Cores cores) throws SQLException {
        run.table().clear();
        Cores.Watch watch = cores.watch();
        run.table().copyFrom(run.file());
        watch.end();
        run.backlog().requireStored();
    }

    private Report report(Comparison comparison, List<Contender> contenders) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", rounds + ", the contenders taking turns");
        parameters.put("records", "%,d, with type, key and subject, in 12 partitions".formatted(records));
        parameters.put("ids", "UUID " + workload.ids());
        parameters.put("keys", "%,d".formatted(workload.keys()));
        return Report.of(
                Subject.CONSUMER,
                project,
                parameters,
                List.of(comparison),
                List.of(),
                Stream.concat(contenders.stream().map(Contender::note), notes()).toList());
    }

    private Stream<String> notes() {
        return Stream.of(
                "After each turn the table holds what the topic does: rows, fingerprints and payloads' sizes are compared.",
                "COPY is one statement that reads the same rows, in binary, from a file of the server. "
                        + "The table is made anew before each turn, with the product's indexes.",
                "The server has fsync and synchronous_commit on. Time goes from the consumer's first row, or the beginning "
                        + "of COPY's transaction, to the last commit, by the server's clock.",
                "Beside retention, the table has %,d rows more that have expired, and init-job's retention deletes them, "
                                .formatted(expired)
                        + "from when the consumer is ready until its last row, in the benchmark's process.",
                "Each of the consumer's rounds is a new process: its first seconds run code that is not compiled yet, those of "
                        + "the second half of the rows do not.",
                "The topic has batches of about five records, as the api writes them for 64 clients that wait for answers.",
                "Consumer, Kafka and PostgreSQL share the machine.");
    }
}
