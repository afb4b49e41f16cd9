package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how storing and reading change with the numbers of consumers and partitions, with the length of a backlog, and with the
 * number of rows that there are. All that consumers store is counted and compared with the topic.
 *
 * @param project the measured checkout, packaged
 * @param records number of records in the backlog
 * @param fresh number of records that a group of consumers stores, and that one stores into each table
 * @param workload their contents
 * @param warmUp minimum duration of the posts before those that count
 * @param window duration of a round of posts, and of reads of a kind
 */
record GrowthBenchmark(Path project, int records, int fresh, Workload workload, Duration warmUp, Duration window) {

    Report run() throws IOException, SQLException, InterruptedException {
        List<Comparison> comparisons = new ArrayList<>(new GroupScaling(project, fresh, workload).run());
        TableGrowth.Result growth = TableGrowth.of(this);
        comparisons.addAll(growth.comparisons());
        return report(comparisons, growth);
    }

    private Report report(List<Comparison> comparisons, TableGrowth.Result growth) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(
                "records",
                "with type, key and subject, payloads of %d bytes and ids of version 7"
                        .formatted(workload.payloadBytes()));
        parameters.put("partitions", "12, where nothing else is said");
        parameters.put(
                "POSTs",
                "%d rounds of %d ms over %d connections, after a warm-up of at least %d ms"
                        .formatted(
                                TableGrowth.POST_ROUNDS,
                                window.toMillis(),
                                TableGrowth.CONNECTIONS,
                                warmUp.toMillis()));
        parameters.putAll(growth.sizes());
        return Report.of(
                Subject.GROWTH,
                project,
                parameters,
                comparisons,
                growth.reads(),
                List.of(
                        "After each turn the table holds, of what was to be stored, what the topic does: rows, fingerprints and payloads' "
                                + "sizes are compared. Every POST was answered with 202 and is on its topic, every GET with 200.",
                        "Each turn is measured once, with consumers that are new processes: the first seconds run code that is not compiled yet.",
                        "The server has fsync and synchronous_commit on. Time goes from the first row to the last commit, by the server's "
                                + "clock; that of a part ends when the next one's first row is stored.",
                        "Consumers of one group are started at once, on a topic that is full: while the later ones start and partitions move to "
                                + "them, the first one stores already, and shares the cores with JVMs that start. This is over in the "
                                + "second half of the rows, unless they are few.",
                        "The topics have batches of about five records, as the api writes them for 64 clients that wait for answers.",
                        "PostgreSQL has its default settings. The table is made anew before the backlog; after it, the server itself "
                                + "stores rows of its own making, until there are five times as many. Before each measurement of a table comes "
                                + "VACUUM ANALYZE.",
                        "The reads of \"the empty table\" find the rows that were stored into it just before.",
                        "The reads are of one client, at a fixed rate: times count from when a request was due. Ids are of rows anywhere in the "
                                + "table, lists have the newest 50 of a key.",
                        "The POSTs have 1,000 ids in turn, none of which is stored: each lies beside one that is. They go to another topic, "
                                + "which no consumer reads. An id that is not looked up within 200 ms is not waited for.",
                        "Clients, api, consumers, Kafka and PostgreSQL share the machine."));
    }
}
