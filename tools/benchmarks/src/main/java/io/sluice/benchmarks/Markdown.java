package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Analyses;
import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Memory;
import io.sluice.benchmarks.Report.Ratio;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.benchmarks.images.Detection;
import io.sluice.benchmarks.retrieval.RankingQuality;
import io.sluice.benchmarks.retrieval.SearchSpeed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people. */
final class Markdown {

    private static final double MICROS_IN_A_SECOND = 1e6;

    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    static String of(Report report) {
        Markdown markdown = new Markdown();
        markdown.write(report);
        return markdown.text.toString();
    }

    private void write(Report report) {
        line("# Benchmark: " + report.subject());
        line("");
        line(report.date());
        report.comparisons().forEach(this::comparison);
        latencies(report.latencies());
        detections(report.detections());
        analyses(report.analyses());
        rankings(report.rankings());
        searches(report.searches());
        memories(report.memories());
        list("Parameters", report.parameters());
        list("Machine", report.machine());
        list("Versions", report.versions());
        line("");
        line("## Notes");
        line("");
        report.notes().forEach(note -> line("- " + note));
    }

    private void detections(List<Detection> detections) {
        if (detections.isEmpty()) {
            return;
        }
        line("");
        line("## Circles found");
        line("");
        row(
                "set",
                "images",
                "circles",
                "precision",
                "recall",
                "F1",
                "radius error",
                "exact count",
                "ms, median",
                "ms, 95 %");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (Detection detection : detections) {
            row(
                    detection.set(),
                    Integer.toString(detection.images()),
                    Integer.toString(detection.circles()),
                    ratio(detection.precision()),
                    ratio(detection.recall()),
                    ratio(detection.f1()),
                    percent(detection.radiusError()),
                    percent(detection.exactCounts()),
                    whole(detection.millisMedian()),
                    whole(detection.millisP95()));
        }
    }

    private void analyses(List<Analyses> analyses) {
        if (analyses.isEmpty()) {
            return;
        }
        line("");
        line("## Analyses by the worker within the limits of its pod");
        line("");
        row("images", "number", "first, ms", "median", "95 %", "longest", "images/s", "peak of memory, MiB");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (Analyses each : analyses) {
            row(
                    each.images(),
                    Integer.toString(each.number()),
                    whole(each.first()),
                    whole(each.median()),
                    whole(each.p95()),
                    whole(each.longest()),
                    two(each.perSecond()),
                    whole((double) each.peakMebibytes()));
        }
    }

    private void rankings(List<RankingQuality> rankings) {
        if (rankings.isEmpty()) {
            return;
        }
        line("");
        line("## Documents found for the questions");
        line("");
        row("ranking", "questions", "nDCG@10", "recall@5", "success@5");
        row("---", "--:", "--:", "--:", "--:");
        for (RankingQuality ranking : rankings) {
            row(
                    ranking.ranking(),
                    Integer.toString(ranking.questions()),
                    ratio(ranking.ndcg()),
                    ratio(ranking.recall()),
                    ratio(ranking.success()));
        }
    }

    private void searches(List<SearchSpeed> searches) {
        if (searches.isEmpty()) {
            return;
        }
        line("");
        line("## Searches and answers");
        line("");
        row("request", "passages", "clients", "a second", "ms, median", "ms, 95 %", "hybrid");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        for (SearchSpeed search : searches) {
            row(
                    search.request(),
                    whole((double) search.passages()),
                    Integer.toString(search.clients()),
                    whole(search.perSecond()),
                    whole(search.median()),
                    whole(search.p95()),
                    percent(search.hybrid()));
        }
    }

    private void memories(List<Memory> memories) {
        if (memories.isEmpty()) {
            return;
        }
        line("");
        line("## Memory of an api with a small heap");
        line("");
        row("task", "MiB", "seconds", "limit of the heap, MiB", "heap after collections, at most", "process, at most");
        row("---", "--:", "--:", "--:", "--:", "--:");
        for (Memory memory : memories) {
            row(
                    memory.task(),
                    whole((double) memory.mebibytes()),
                    whole(memory.seconds()),
                    Integer.toString(memory.limit()),
                    whole((double) memory.heap()),
                    whole((double) memory.resident()));
        }
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    private void comparison(Comparison comparison) {
        line("");
        line("## " + comparison.name());
        line("");
        row(
                "contender",
                comparison.unit() + ", median",
                "least to most",
                "each round",
                "cores used, and µs of them for each");
        row("---", "--:", "--:", "---", "---");
        for (Speed speed : comparison.speeds()) {
            Spread rounds = speed.rounds();
            row(
                    speed.contender(),
                    whole(rounds.median()),
                    whole(rounds.least()) + " to " + whole(rounds.most()),
                    rounds.values().stream().map(Markdown::whole).collect(Collectors.joining(" ")),
                    cores(speed.cores(), rounds.median()));
        }
        line("");
        for (Ratio ratio : comparison.ratios()) {
            line("**%s is at %s of %s** (median of the rounds' ratios; %s to %s)."
                    .formatted(
                            ratio.contender(),
                            percent(ratio.rounds().median()),
                            ratio.to(),
                            percent(ratio.rounds().least()),
                            percent(ratio.rounds().most())));
        }
    }

    private void latencies(List<Latency> latencies) {
        if (latencies.isEmpty()) {
            return;
        }
        line("");
        line("## Latency in milliseconds, at a fixed rate");
        line("");
        List<String> percentiles = List.copyOf(latencies.get(0).millis().keySet());
        line("| | contender | requests/s | " + String.join(" | ", percentiles) + " |");
        line("| --- | --- | --: |" + " --: |".repeat(percentiles.size()));
        for (Latency latency : latencies) {
            line("| %s | %s | %s | %s |"
                    .formatted(
                            latency.name(),
                            latency.contender(),
                            whole((double) latency.rate()),
                            percentiles.stream()
                                    .map(percentile -> two(latency.millis().getOrDefault(percentile, Double.NaN)))
                                    .collect(Collectors.joining(" | "))));
        }
    }

    private void list(String title, Map<String, String> values) {
        line("");
        line("## " + title);
        line("");
        row("", "");
        row("---", "---");
        values.forEach(this::row);
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Cores that processes used, and the processor time of each in microseconds for one of what was done so often a second. */
    static String cores(Map<String, Double> cores, double perSecond) {
        return cores.entrySet().stream()
                .map(process -> "%s %s (%s)"
                        .formatted(
                                process.getKey(),
                                two(process.getValue()),
                                whole(process.getValue() * MICROS_IN_A_SECOND / perSecond)))
                .collect(Collectors.joining(", "));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }
}
