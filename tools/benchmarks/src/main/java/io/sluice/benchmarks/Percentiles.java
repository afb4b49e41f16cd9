package io.sluice.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The percentiles of latencies that reports have. */
final class Percentiles {

    private static final Map<String, Double> REPORTED = reported();

    private Percentiles() {}

    private static Map<String, Double> reported() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("max", 100.0);
        return percentiles;
    }

    /** Milliseconds by percentile, of microseconds. */
    static Map<String, Double> millis(Histogram micros) {
        Map<String, Double> millis = new LinkedHashMap<>();
        REPORTED.forEach((label, percentile) -> millis.put(label, micros.getValueAtPercentile(percentile) / 1_000.0));
        return millis;
    }
}
