package io.sluice.api.connections;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Limits that a test can wait for and fill. They take the place of the program's in each {@code @QuarkusTest}, but that connections have no
 * handler there: Netty does not find it among the class loaders of such a test.
 */
@Dependent
public class TestLimits {

    /** The limits. */
    public static final ConnectionLimits LIMITS = new ConnectionLimits(
            50,
            Duration.ofMillis(500),
            Duration.ofMillis(3_750),
            Duration.ofSeconds(2),
            // Each test that posts has to keep within this, on a machine that is busy with others.
            Duration.ofSeconds(4),
            4_000_000,
            Runtime.getRuntime().maxMemory() / 4,
            4_000_000,
            64 << 10);

    /** With a shorter quiet time, where nothing has to happen within it. */
    static final ConnectionLimits IMPATIENT = with(LIMITS.head(), Duration.ofMillis(1_500));

    /** Without a deadline for a head but the quiet time: a client of HTTP/2 takes more than one round trip until its first is whole. */
    static final ConnectionLimits UNHURRIED = with(LIMITS.quiet(), LIMITS.quiet());

    private static ConnectionLimits with(Duration head, Duration quiet) {
        return new ConnectionLimits(
                LIMITS.connections(),
                head,
                quiet,
                LIMITS.age(),
                LIMITS.body(),
                LIMITS.bodiesBytes(),
                LIMITS.responsesBytes(),
                LIMITS.unreadBytes(),
                LIMITS.bytesAhead());
    }

    @Produces
    @Singleton
    ConnectionLimits limits() {
        return LIMITS;
    }
}
