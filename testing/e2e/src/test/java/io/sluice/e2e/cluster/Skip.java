package io.sluice.e2e.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Parts that a cluster or a machine need not have. */
final class Skip {

    private Skip() {}

    /** Skips the tests that follow, and says so even where the build tells nothing but failures. */
    static void unless(boolean there, String reason) {
        if (!there) {
            System.out.println("Skipped: " + reason);
        }
        assumeTrue(there, reason);
    }
}
