package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very short runs with the packaged programs: the numbers are worth nothing, but there are some. */
class BenchmarksIT {

    /** The root of the project, from the folder that tests of this module run in. */
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    @Tag("slow")
    void theApiIsMeasured() throws Exception {
        // When
        Report report = new IngestBenchmark(
                        PROJECT, null, 1, Duration.ofMillis(500), Duration.ofMillis(500), List.of(16))
                .run();

        // Then
        assertThat(report.comparisons()).hasSize(4).allSatisfy(comparison -> {
            assertThat(comparison.speeds())
                    .allSatisfy(speed -> assertThat(speed.rounds().median()).isGreaterThan(10));
            assertThat(comparison.ratios().get(0).rounds().median()).isBetween(0.001, 1.5);
        });
        assertThat(report.comparisons().get(0).speeds())
                .extracting("contender")
                .containsExactly(
                        "nothing", "validation", "messages", "messages with Idempotency-Key", "messages with a token");
        assertThat(report.latencies()).hasSize(4);
    }

    @Test
    @Tag("slow")
    void postsOfManyEventsAreMeasured() throws Exception {
        // When
        Report report = new BulkBenchmark(PROJECT, 1, 8, new BulkMemory.Load(20, 5_000)).run();

        // Then
        assertThat(report.comparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.speeds())
                    .hasSize(5)
                    .allSatisfy(speed -> assertThat(speed.rounds().median()).isGreaterThan(10));
            assertThat(comparison.ratios()).hasSize(4);
        });
        assertThat(report.memories()).hasSize(4).allSatisfy(memory -> {
            assertThat(memory.mebibytes()).isPositive();
            assertThat(memory.heap()).isLessThan(memory.limit());
        });
    }

    @Test
    @Tag("slow")
    void theTimeUntilAnEventIsShownIsMeasured() throws Exception {
        // When
        Report report = new LatencyBenchmark(PROJECT, 50, Duration.ZERO, Duration.ofSeconds(1)).run();

        // Then
        assertThat(report.latencies()).extracting(Report.Latency::contender).containsExactly("api", "api and consumer");
        assertThat(report.latencies())
                .extracting(latency -> latency.millis().get("p50"))
                .allSatisfy(millis -> assertThat(millis).isPositive())
                .isSorted();
    }

    @Test
    void theConsumerIsMeasured() throws Exception {
        // When
        Report report = new ConsumerBenchmark(PROJECT, null, 1, 5_000, new Workload(200), 100_000).run();

        // Then
        assertThat(report.comparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.speeds())
                    .allSatisfy(speed -> assertThat(speed.rounds().median()).isGreaterThan(10));
            assertThat(comparison.ratios()).hasSize(4);
        });
        assertThat(report.notes())
                .anyMatch(note ->
                        note.matches("Thousands of rows in each second of the last round of consumer, .*: [0-9. ]+"));
    }

    @Test
    @Tag("slow")
    void growthIsMeasured() throws Exception {
        // When
        Report report = new GrowthBenchmark(
                        PROJECT, 20_000, 20_000, new Workload(200), Duration.ofMillis(500), Duration.ofMillis(500))
                .run();

        // Then
        assertThat(report.comparisons())
                .extracting(comparison -> comparison.speeds().size())
                .containsExactly(9, 9, 2, 3, 3, 3);
        assertThat(report.comparisons()).allSatisfy(comparison -> assertThat(comparison.speeds())
                .allSatisfy(speed -> assertThat(speed.rounds().median()).isGreaterThan(10)));
        assertThat(report.latencies())
                .extracting(Report.Latency::contender)
                .containsExactly(
                        "the empty table",
                        "the empty table",
                        "20,000 rows",
                        "20,000 rows",
                        "100,000 rows",
                        "100,000 rows");
        assertThat(report.parameters()).containsKey("100,000 rows and 20,000 more");
    }

    @Test
    @Tag("slow")
    void theOutboxIsMeasured() throws Exception {
        // When
        Report report = new OutboxBenchmark(PROJECT, 1, 2_000, 5).run();

        // Then
        assertThat(report.comparisons()).singleElement().satisfies(comparison -> assertThat(comparison.speeds())
                .hasSize(2)
                .allSatisfy(speed -> assertThat(speed.rounds().median()).isGreaterThan(10)));
        assertThat(report.latencies()).singleElement().satisfies(latency -> assertThat(latency.millis())
                .containsOnlyKeys("50", "99", "100"));
    }

    @Test
    @Tag("slow")
    void theSampleDocumentsAreFound() throws Exception {
        // When
        Report report = new RetrievalBenchmark(
                        PROJECT,
                        PROJECT.resolve("examples/healthcare-chatbot"),
                        10,
                        List.of(1_000),
                        Duration.ofSeconds(1))
                .run();

        // Then
        assertThat(report.rankings()).extracting("ranking").containsExactly("hybrid", "lexical");
        double hybrid = report.rankings().get(0).ndcg();
        // It was 0.95, and 0.84 by words alone; of 40 questions each has a weight of 0.025.
        assertThat(hybrid)
                .isGreaterThan(0.92)
                .isGreaterThan(report.rankings().get(1).ndcg() + 0.05);
        assertThat(report.rankings().get(0).success()).isGreaterThan(0.92);
        assertThat(report.searches())
                .extracting("request")
                .containsExactly("search", "chat", "stream", "search", "chat", "stream");
        assertThat(report.searches()).extracting("passages").containsOnly(1_000L);
        assertThat(report.notes())
                .anyMatch(
                        note -> note.matches("A PDF of 10 pages was read and embedded.* Then the worker's heap had .*"))
                .anyMatch(note -> note.matches("1,000 passages were searched. Then the worker's heap had .*"));
        assertThat(report.searches()).allSatisfy(search -> {
            assertThat(search.perSecond()).isGreaterThan(1);
            assertThat(search.p95()).isGreaterThanOrEqualTo(search.median());
        });
    }

    @Test
    @Tag("slow")
    void theWorkerIsMeasured() throws Exception {
        // When
        WorkerBenchmark.Result result = new WorkerBenchmark(PROJECT, 2).run();

        // Then
        assertThat(result.limits()).isNotEmpty();
        assertThat(result.analyses()).hasSize(2).allSatisfy(analyses -> {
            assertThat(analyses.longest()).isGreaterThan(10).isGreaterThanOrEqualTo(analyses.median());
            assertThat(analyses.perSecond()).isGreaterThan(0.01);
        });
    }
}
