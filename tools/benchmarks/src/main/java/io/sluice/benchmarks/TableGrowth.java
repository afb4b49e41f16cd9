package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.local.Program;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Measures storing and reading while a table grows: empty, with a backlog that a consumer has stored, and with five times as many rows. */
final class TableGrowth {

    static final int GROWTH = 5;
    static final int CONNECTIONS = 64;
    static final int POST_ROUNDS = 3;

    private static final String GROUP = "benchmark";
    private static final String POSTS = "posts.";
    private static final int TENTHS = 10;

    /** Rows of a part of the backlog at least: those of a transaction have the same time, and of two at once either may be first. */
    private static final int PART = 100_000;

    private static final int SOME = 1_000;

    private final GrowthBenchmark benchmark;
    private final TestEnvironment environment;
    private final MessagesTable table;
    private final GrowingTable growing;
    private final MessagesTopic topic;

    /** Topic of the posts: nothing of them is stored. */
    private final MessagesTopic posted;

    private final List<Speed> stored = new ArrayList<>();
    private final List<Speed> storedSecondHalf = new ArrayList<>();
    private final List<Speed> posts = new ArrayList<>();
    private final List<Latency> reads = new ArrayList<>();
    private final Map<String, String> sizes = new LinkedHashMap<>();
    private long acknowledged;

    private TableGrowth(GrowthBenchmark benchmark, TestEnvironment environment, MessagesTable table) {
        this.benchmark = benchmark;
        this.environment = environment;
        this.table = table;
        growing = new GrowingTable(environment.postgres());
        topic = new MessagesTopic(environment.settings().kafka());
        posted = environment.topicWithPrefix(POSTS);
    }

    /** Figures that were measured, and the sizes of the table. */
    record Result(List<Comparison> comparisons, List<Latency> reads, Map<String, String> sizes) {}

    static Result of(GrowthBenchmark benchmark) throws IOException, SQLException, InterruptedException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of("track_commit_timestamp", "on"));
                MessagesTable table = MessagesTable.of(environment.postgres())) {
            return new TableGrowth(benchmark, environment, table).run();
        }
    }

    private Result run() throws IOException, SQLException, InterruptedException {
        int records = benchmark.records();
        measure("the empty table");
        Comparison backlog = storeBacklog();
        measure("%,d rows".formatted(records));
        ProgressLog.log("filling the table");
        growing.fill((GROWTH - 1L) * records, benchmark.workload().payloadBytes());
        measure("%,d rows".formatted((long) GROWTH * records));
        String fresh = "Storing %,d rows more".formatted(benchmark.fresh());
        return new Result(
                List.of(
                        backlog,
                        Comparison.of(fresh, "rows/s", stored),
                        Comparison.of(fresh + ", the second half of them", "rows/s", storedSecondHalf),
                        Comparison.of("POSTs with an id", "requests/s", posts)),
                reads,
                sizes);
    }

    /** Begins with an empty table. */
    private Comparison storeBacklog() throws SQLException, InterruptedException {
        table.clear();
        Cores cores = new Cores(environment::processes);
        int parts = Math.max(1, Math.min(TENTHS, benchmark.records() / PART));
        Timing timing = drain(benchmark.records(), parts, cores);
        List<Speed> speeds = new ArrayList<>(List.of(Track.once("all rows", timing.perSecond(), cores)));
        for (int part = 0; part < parts; part++) {
            Track track = new Track("part %d of %d".formatted(part + 1, parts));
            track.add(timing.perSecond(part));
            speeds.add(new Speed(track.name(), Spread.of(track.speeds()), Map.of()));
        }
        return Comparison.of("A backlog of %,d rows, and its parts".formatted(benchmark.records()), "rows/s", speeds);
    }

    private Timing drain(int records, int parts, Cores cores) throws SQLException, InterruptedException {
        ProgressLog.log("filling the topic with %,d records".formatted(records));
        Content content = topic.fill(benchmark.workload(), records);
        table.mark();
        return new Drain(benchmark.project(), environment, table).run(content, GROUP, 1, parts, cores);
    }

    private void measure(String rows) throws IOException, SQLException, InterruptedException {
        growing.settle();
        Cores cores = new Cores(environment::processes);
        Timing timing = drain(benchmark.fresh(), 2, cores);
        stored.add(Track.once(rows, timing.perSecond(), cores));
        storedSecondHalf.add(Track.once(rows + ", second half", timing.perSecond(1), cores));
        sizes.put("%s and %,d more".formatted(rows, benchmark.fresh()), growing.size());

        Program api = environment.start(benchmark.project(), "api", Map.of(Setting.TOPIC_PREFIX.name(), POSTS));
        List<UUID> ids = growing.someIds(SOME);
        post(rows, api, ids);
        read(rows, api, ids);
        environment.stop(api);
    }

    private void read(String rows, Program api, List<UUID> ids) throws IOException, InterruptedException {
        ReadLoad load = new ReadLoad(api, benchmark.window());
        reads.add(load.measure("GET by id", rows, n -> "/api/v1/messages/" + ids.get(n % ids.size())));
        reads.add(load.measure(
                "GET of a list by key",
                rows,
                n -> "/api/v1/messages?key=" + benchmark.workload().key(n)));
    }

    /** The posts' ids are not stored, but each lies beside one that is, so that it is looked for anywhere in the index. */
    private void post(String rows, Program api, List<UUID> ids) throws IOException {
        Random random = new Random(1);
        IngestLoad load = IngestLoad.of(
                "POSTs",
                List.of(Contender.messages(rows, api)),
                n -> "{\"id\":\"%s\",%s"
                        .formatted(
                                beside(ids.get(n % ids.size()), random),
                                benchmark.workload().body(n).substring(1)),
                CONNECTIONS,
                environment);
        load.warmUp(benchmark.warmUp());
        for (int round = 1; round <= POST_ROUNDS; round++) {
            load.round(round, benchmark.window());
        }
        posts.addAll(load.comparison().speeds());
        acknowledged += load.published();
        posted.requireCount(acknowledged);
    }

    /** An id of the same millisecond. */
    private static UUID beside(UUID id, Random random) {
        return new UUID(id.getMostSignificantBits(), random.nextLong() >>> 2 | Long.MIN_VALUE);
    }
}
