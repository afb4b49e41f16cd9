package io.sluice.benchmarks;

import io.sluice.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Measures one thing and writes down what came out; what {@code ./run benchmark} starts, in the project's folder. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final Duration WINDOW = Duration.ofSeconds(6);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final List<Integer> CONNECTIONS = List.of(16, 256, 1024);
    private static final int BULK_BLOCKS = 300;
    private static final BulkMemory.Load BULK_MEMORY = new BulkMemory.Load(1_049, 1_000_000);
    private static final int EVENTS_A_SECOND = 500;
    private static final Duration LATENCY_WARM_UP = Duration.ofMinutes(3);
    private static final Duration LATENCY_WINDOW = Duration.ofSeconds(60);
    private static final int EXPIRED = 1_500_000;
    private static final int FRESH = 500_000;
    private static final int OUTBOX_EVENTS = 50_000;
    private static final int SINGLE_EVENTS = 500;

    /** Numbers of passages in which searches are measured; above the second the worker ranks by words alone. */
    private static final List<Integer> PASSAGES = List.of(10_000, 100_000);

    /** Number of those of the PDF that is read before. */
    private static final int PAGES = 1_000;

    private static final Duration SEARCHES = Duration.ofSeconds(10);

    /** Dataset where none is named. */
    private static final String SAMPLES = "examples/healthcare-chatbot";

    private Main() {}

    /**
     * Ends with exit code 1 if nothing could be measured, and 2 if the arguments are wrong.
     *
     * @param arguments {@code ingest|bulk|latency|consumer|growth|outbox|images|retrieval [--rounds N] [--against DIR] [--dataset DIR] [--records N] [--payload BYTES] [--ids v4|v5|v7] [--keys N] [--save]}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        try {
            Path project = Path.of("").toAbsolutePath();
            Report report = measure(options, project);
            Path written = ReportWriter.of(project, options.save()).write(report);
            System.out.println(Markdown.of(report));
            System.out.println("Written to " + project.relativize(written) + " and, as JSON, beside it.");
            return 0;
        } catch (Failure | StartFailure | IOException | UncheckedIOException | SQLException | InterruptedException e) {
            System.err.println("Nothing is measured: " + e.getMessage());
            return FAILED;
        }
    }

    private static Report measure(Options options, Path project)
            throws IOException, SQLException, InterruptedException {
        return switch (options.subject()) {
            case INGEST ->
                new IngestBenchmark(project, options.against(), options.rounds(), WINDOW, WARM_UP, CONNECTIONS).run();
            case BULK -> new BulkBenchmark(project, options.rounds(), BULK_BLOCKS, BULK_MEMORY).run();
            case LATENCY -> new LatencyBenchmark(project, EVENTS_A_SECOND, LATENCY_WARM_UP, LATENCY_WINDOW).run();
            case CONSUMER ->
                new ConsumerBenchmark(
                                project,
                                options.against(),
                                options.rounds(),
                                options.records(),
                                options.workload(),
                                EXPIRED)
                        .run();
            case GROWTH ->
                new GrowthBenchmark(
                                project,
                                options.records(),
                                Math.min(options.records(), FRESH),
                                options.workload(),
                                WARM_UP,
                                WINDOW)
                        .run();
            case OUTBOX -> new OutboxBenchmark(project, options.rounds(), OUTBOX_EVENTS, SINGLE_EVENTS).run();
            case IMAGES -> new ImagesBenchmark(project, options.dataset()).run();
            case RETRIEVAL ->
                new RetrievalBenchmark(
                                project,
                                Objects.requireNonNullElse(options.dataset(), project.resolve(SAMPLES)),
                                PAGES,
                                PASSAGES,
                                SEARCHES)
                        .run();
        };
    }
}
