package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.benchmarks.Report.Analyses;
import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Memory;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.benchmarks.images.Detection;
import io.sluice.benchmarks.retrieval.RankingQuality;
import io.sluice.benchmarks.retrieval.SearchSpeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Report REPORT = new Report(
            "ingest",
            "2026-11-21T06:00:00Z",
            Map.of("cores", "2"),
            Map.of("Sluice", "abcdef"),
            Map.of("rounds", "3"),
            List.of(Comparison.of(
                    "POST",
                    "requests/s",
                    List.of(
                            new Speed("nothing", Spread.of(List.of(40_000.0, 50_000.0, 45_000.0)), Map.of("api", 1.2)),
                            new Speed("messages", Spread.of(List.of(30_000.0, 20_000.0, 27_000.0)), Map.of())))),
            List.of(new Latency("POST", "messages", 13_500, Map.of("p99", 2.345))),
            List.of(new Detection("coins", 2, 24, 0.96, 1, 0.0049, 0.5, 101.4, 240.6)),
            List.of(new Analyses("photos", 40, 4_000, 1_200.4, 1_500.6, 1_600, 0.514, 700)),
            List.of(new RankingQuality("hybrid", 40, 0.951, 0.98, 1)),
            List.of(new SearchSpeed("search", 100_000, 4, 51.4, 70.2, 120.9, 0.995)),
            List.of(new Memory("body", 1_024, 19.6, 64, 31, 230)),
            List.of("All is on one machine."));

    @TempDir
    Path folder;

    @Test
    void peopleReadEachContenderAndTheRatio() {
        assertThat(Markdown.of(REPORT).lines())
                .contains(
                        "| nothing | 45,000 | 40,000 to 50,000 | 40,000 50,000 45,000 | api 1.20 (27) |",
                        "| messages | 27,000 | 20,000 to 30,000 | 30,000 20,000 27,000 |  |",
                        "**messages is at 60.0 % of nothing** (median of the rounds' ratios; 40.0 % to 75.0 %).",
                        "| POST | messages | 13,500 | 2.35 |",
                        "| coins | 2 | 24 | 0.960 | 1.000 | 0.980 | 0.5 % | 50.0 % | 101 | 241 |",
                        "| photos | 40 | 4,000 | 1,200 | 1,501 | 1,600 | 0.51 | 700 |",
                        "| hybrid | 40 | 0.951 | 0.980 | 1.000 |",
                        "| search | 100,000 | 4 | 51 | 70 | 121 | 99.5 % |",
                        "| body | 1,024 | 20 | 64 | 31 | 230 |",
                        "| Sluice | abcdef |",
                        "- All is on one machine.");
    }

    @Test
    void savedResultsStayBesideThoseOfOtherDays() throws Exception {
        // When
        Path markdown = new ReportWriter(folder, true).write(REPORT);

        // Then
        assertThat(markdown).isEqualTo(folder.resolve("2026-11-21-ingest.md")).hasContent(Markdown.of(REPORT));
        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("2026-11-21-ingest.json")));
        assertThat(json.at("/comparisons/0/ratios/0/rounds/median").doubleValue())
                .isEqualTo(0.6);
        assertThat(json.at("/comparisons/0/speeds/1/rounds/values/2").doubleValue())
                .isEqualTo(27_000);
    }

    @Test
    void otherResultsAreOverwrittenByTheNextRun() throws Exception {
        assertThat(new ReportWriter(folder, false).write(REPORT)).isEqualTo(folder.resolve("ingest.md"));
    }
}
