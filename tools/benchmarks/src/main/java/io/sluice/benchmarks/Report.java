package io.sluice.benchmarks;

import io.sluice.benchmarks.images.Detection;
import io.sluice.benchmarks.retrieval.RankingQuality;
import io.sluice.benchmarks.retrieval.SearchSpeed;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The results of a run.
 *
 * @param subject of the measurement
 * @param date of the run, in UTC, in ISO 8601
 * @param machine of the run
 * @param versions of what was measured
 * @param parameters of the measurement
 * @param comparisons results side by side
 * @param latencies at a fixed rate; may be empty
 * @param detections in sets of images; may be empty
 * @param analyses by a worker in a pod; may be empty
 * @param rankings of passages, and their quality; may be empty
 * @param searches for passages, and their speed; may be empty
 * @param memories of an api with a small heap; may be empty
 * @param notes necessary to read the numbers
 */
record Report(
        String subject,
        String date,
        Map<String, String> machine,
        Map<String, String> versions,
        Map<String, String> parameters,
        List<Comparison> comparisons,
        List<Latency> latencies,
        List<Detection> detections,
        List<Analyses> analyses,
        List<RankingQuality> rankings,
        List<SearchSpeed> searches,
        List<Memory> memories,
        List<String> notes) {

    /** A report of this moment, on this machine. */
    static Report of(
            Subject subject,
            Path project,
            Map<String, String> parameters,
            List<Comparison> comparisons,
            List<Latency> latencies,
            List<String> notes) {
        return of(
                subject,
                project,
                parameters,
                comparisons,
                latencies,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                notes);
    }

    /** A report of what was found in images. */
    static Report of(
            Path project,
            Map<String, String> parameters,
            List<Detection> detections,
            List<Analyses> analyses,
            List<String> notes) {
        return of(
                Subject.IMAGES,
                project,
                parameters,
                List.of(),
                List.of(),
                detections,
                analyses,
                List.of(),
                List.of(),
                List.of(),
                notes);
    }

    /** A report of what was found for questions. */
    static Report ofSearches(
            Path project,
            Map<String, String> parameters,
            List<RankingQuality> rankings,
            List<SearchSpeed> searches,
            List<String> notes) {
        return of(
                Subject.RETRIEVAL,
                project,
                parameters,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                rankings,
                searches,
                List.of(),
                notes);
    }

    /** A report of posts of many events. */
    static Report ofBulk(
            Path project,
            Map<String, String> parameters,
            List<Comparison> comparisons,
            List<Memory> memories,
            List<String> notes) {
        return of(
                Subject.BULK,
                project,
                parameters,
                comparisons,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                memories,
                notes);
    }

    private static Report of(
            Subject subject,
            Path project,
            Map<String, String> parameters,
            List<Comparison> comparisons,
            List<Latency> latencies,
            List<Detection> detections,
            List<Analyses> analyses,
            List<RankingQuality> rankings,
            List<SearchSpeed> searches,
            List<Memory> memories,
            List<String> notes) {
        return new Report(
                subject.word(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.describe(),
                Versions.of(project),
                parameters,
                comparisons,
                latencies,
                detections,
                analyses,
                rankings,
                searches,
                memories,
                notes);
    }

    /**
     * Contenders measured in turns.
     *
     * @param name of their common task
     * @param unit of their speeds
     * @param speeds of each contender; the first is the baseline
     * @param ratios of each of the others to the first
     */
    record Comparison(String name, String unit, List<Speed> speeds, List<Ratio> ratios) {

        static Comparison of(String name, String unit, List<Speed> speeds) {
            Speed yardstick = speeds.get(0);
            List<Ratio> ratios = speeds.stream()
                    .skip(1)
                    .map(speed -> new Ratio(
                            speed.contender(),
                            yardstick.contender(),
                            speed.rounds().dividedBy(yardstick.rounds())))
                    .toList();
            return new Comparison(name, unit, speeds, ratios);
        }
    }

    /**
     * The speed of a contender.
     *
     * @param cores processor cores that each process used, over all rounds
     */
    record Speed(String contender, Spread rounds, Map<String, Double> cores) {}

    /** The speed of a contender relative to another one. */
    record Ratio(String contender, String to, Spread rounds) {}

    /**
     * Latency of requests at a fixed rate.
     *
     * @param rate requests a second
     * @param millis by percentile
     */
    record Latency(String name, String contender, long rate, Map<String, Double> millis) {}

    /**
     * Analyses of images by a worker in a pod, one after the other where nothing else is said. Times are in milliseconds.
     *
     * @param images kind of images
     * @param number of those whose times count
     * @param first time of the first one after the start of the worker
     * @param perSecond images a second while some wait
     * @param peakMebibytes the most memory that was resident, in MiB
     */
    record Analyses(
            String images,
            int number,
            double first,
            double median,
            double p95,
            double longest,
            double perSecond,
            long peakMebibytes) {}

    /**
     * Memory of an api while it does one thing.
     *
     * @param task for people
     * @param mebibytes that were sent or received, in MiB
     * @param seconds that it took
     * @param limit of the heap, in MiB
     * @param heap the most that was left on it by a collection, in MiB; -1 if there was none
     * @param resident the most memory of the process that was resident, in MiB; -1 if that is not known
     */
    record Memory(String task, long mebibytes, double seconds, int limit, long heap, long resident) {}
}
