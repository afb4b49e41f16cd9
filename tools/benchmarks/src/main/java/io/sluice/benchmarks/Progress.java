package io.sluice.benchmarks;

/** Tells whoever waits what is going on. */
final class Progress {

    private Progress() {}

    static void tell(String line) {
        System.err.println("  " + line);
    }
}
