package io.sluice.benchmarks;

/** Tells whoever waits what is going on. */
final class ProgressLog {

    private ProgressLog() {}

    static void log(String line) {
        System.err.println("  " + line);
    }
}
