package io.sluice.api.connections;

import java.time.Duration;

/** How many connections there are, and for how long each may be of no use. */
public final class ConnectionLimits {

    /** What all times are multiplied by. 1, but in tests, which do not have so much of it. */
    private static final double PATIENCE = Double.parseDouble(System.getProperty("sluice.patience", "1"));

    /**
     * An open connection costs some 10 to 20 KiB; so many of them leave most of a heap of 256 MiB to those that are at work. A
     * number of its own in tests.
     */
    static final int CONNECTIONS = Integer.getInteger("sluice.connections", 2_000);

    /** From a request's first byte, which may be one of TLS, to the end of its head: a few round trips of any network. */
    static final Duration HEAD = of(10);

    /**
     * From the beginning of a connection, which load balancers open in advance, or from an answer, to the next request; and what a client
     * has to take the answer. Longer than load balancers
     * keep connections (AWS' 60 s, nginx' 60 s), so that it is them that close one, and not we while their next request is on its
     * way.
     */
    static final Duration QUIET = of(75);

    /**
     * After which a client is asked to connect again, give or take a tenth, so that those that came together do not do it together:
     * a connection stays with its pod, and a pod that was started later would have no share of the load. A number of its own in tests.
     */
    static final Duration AGE = Duration.ofSeconds(Integer.getInteger("sluice.age", 300));

    /** From the head to the end of the body: the largest, at the 40 KiB/s of a bad mobile network. */
    public static final Duration BODY = of(30);

    /**
     * The bodies that are received or worked on, together: an eighth of the heap, because each is there in four forms at most, as it came
     * and on its way to Kafka. A number of its own in tests.
     */
    public static final long BODIES_BYTES =
            Long.getLong("sluice.bodies", Runtime.getRuntime().maxMemory() / 8);

    /** How much is read of what a client of HTTP/1.1 sends before it is answered; more of it stays in the network. */
    static final int BYTES_AHEAD = 64 << 10;

    private ConnectionLimits() {}

    private static Duration of(int seconds) {
        return Duration.ofMillis((long) (seconds * 1000 * PATIENCE));
    }
}
