package io.sluice.api.connections;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Limits that a test can wait for and fill; take the place of the program's in each {@code @QuarkusTest}. */
@Dependent
public class TestLimits {

    /** The limits. */
    public static final ConnectionLimits LIMITS = new ConnectionLimits(
            50,
            Duration.ofMillis(500),
            Duration.ofMillis(3_750),
            Duration.ofSeconds(2),
            Duration.ofMillis(1_500),
            4_000_000,
            Runtime.getRuntime().maxMemory() / 4,
            4_000_000,
            64 << 10);

    /** With a shorter quiet time, where nothing has to happen within it. */
    static final ConnectionLimits IMPATIENT = new ConnectionLimits(
            LIMITS.connections(),
            LIMITS.head(),
            Duration.ofMillis(1_500),
            LIMITS.age(),
            LIMITS.body(),
            LIMITS.bodiesBytes(),
            LIMITS.responsesBytes(),
            LIMITS.unreadBytes(),
            LIMITS.bytesAhead());

    @Produces
    @Singleton
    ConnectionLimits limits() {
        return LIMITS;
    }
}
