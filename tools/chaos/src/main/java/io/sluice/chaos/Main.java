package io.sluice.chaos;

import io.sluice.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Injects faults and verifies the promise; started by {@code ./run chaos}, in the project's folder. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** Maximum time to stop all processes after Ctrl-C. */
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private static final AtomicBoolean ENDING = new AtomicBoolean();
    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private Main() {}

    /**
     * Ends with exit code 1 if the promise was broken or there is no result, and 2 if the arguments are wrong.
     *
     * @param arguments {@code [--minutes N] [--seed S] [--rate R]}
     */
    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        int code = run(options, Path.of("").toAbsolutePath());
        if (!ENDING.get()) {
            System.exit(code);
        }
    }

    private static int run(Options options, Path project) {
        Runtime.getRuntime().addShutdownHook(new Thread(endingOf(Thread.currentThread()), "ending"));
        Duration duration = Duration.ofMinutes(options.minutes());
        System.err.printf("Seed %d, %d minutes, %d events/s.%n", options.seed(), options.minutes(), options.rate());
        try (TestEnvironment environment = TestEnvironment.setUp(project, project.resolve("tools/chaos/target/run"))) {
            new Database(environment.postgres().url()).prepare();
            environment.startConsumers(Map.of());
            ChaosRun.Plan plan = ChaosRun.Plan.of(options.seed(), duration, options.rate());
            Report report = new ChaosRun(environment, plan, line -> System.err.println("  " + line)).run();
            System.out.println(Summary.of(report));
            Path picture = ReportWriter.in(project.resolve("tools/chaos/target/results"))
                    .write(report);
            System.out.println("The timeline is in " + project.relativize(picture) + " and, as JSON, beside it.");
            return report.promiseHolds() ? 0 : FAILED;
        } catch (Failure | StartFailure | IOException | UncheckedIOException | SQLException | InterruptedException e) {
            System.err.println(ENDING.get() ? "Stopped; there is no result." : "There is no result: " + e.getMessage());
            return FAILED;
        } finally {
            ENDED.countDown();
        }
    }

    /** Interrupts the run, and waits until it has stopped all that it started. */
    private static Runnable endingOf(Thread run) {
        return () -> {
            if (ENDED.getCount() > 0) {
                ENDING.set(true);
                run.interrupt();
                awaitEnd();
            }
        };
    }

    private static void awaitEnd() {
        try {
            ENDED.await(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
