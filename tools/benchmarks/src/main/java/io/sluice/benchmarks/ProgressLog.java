package io.sluice.benchmarks;

/** Logs the progress to stderr. */
final class ProgressLog {

    private ProgressLog() {}

    static void log(String line) {
        System.err.println("  " + line);
    }
}
