package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures how fast groups of consumers empty topics, by the numbers of consumers and of partitions.
 *
 * @param project the measured checkout, packaged
 * @param records number of records on each topic
 */
record GroupScaling(Path project, int records, Workload workload) {

    private static final List<Integer> PARTITIONS = List.of(1, 12, 48);
    private static final List<Integer> CONSUMERS = List.of(1, 2, 4);

    List<Comparison> run() throws IOException, SQLException, InterruptedException {
        List<Speed> all = new ArrayList<>();
        List<Speed> secondHalf = new ArrayList<>();
        for (int partitions : PARTITIONS) {
            try (TestEnvironment environment = TestEnvironment.setUp(
                            Map.of("track_commit_timestamp", "on"),
                            Map.of(Setting.TOPIC_PARTITIONS.name(), String.valueOf(partitions)));
                    MessagesTable table = MessagesTable.of(environment.postgres())) {
                Content content = new MessagesTopic(environment.settings().kafka()).fill(workload, records);
                Drain drain = new Drain(project, environment, table);
                for (int consumers : CONSUMERS) {
                    table.clear();
                    Cores cores = new Cores(environment::processes);
                    Timing timing = drain.run(content, "benchmark-of-" + consumers, consumers, 2, cores);
                    String name = "partitions: %d, consumers: %d".formatted(partitions, consumers);
                    all.add(Track.once(name + ", all rows", timing.perSecond(), cores));
                    secondHalf.add(Track.once(name + ", second half", timing.perSecond(1), cores));
                }
            }
        }
        return List.of(
                Comparison.of("Consumers of one group, all of %,d rows".formatted(records), "rows/s", all),
                Comparison.of("Consumers of one group, the second half of the rows", "rows/s", secondHalf));
    }
}
