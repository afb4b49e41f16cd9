package io.sluice.api.connections;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Those of tests with the memory of a heap of 64 MiB: a quarter of it for answers, and half of that for those that are not read. */
@Alternative
@Dependent
public class SmallLimits {

    @Produces
    @Singleton
    ConnectionLimits limits() {
        ConnectionLimits limits = TestLimits.LIMITS;
        return new ConnectionLimits(
                limits.connections(),
                limits.head(),
                limits.quiet(),
                limits.age(),
                limits.body(),
                limits.bodiesBytes(),
                16 << 20,
                8 << 20,
                limits.bytesAhead());
    }
}
