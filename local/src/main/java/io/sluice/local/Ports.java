package io.sluice.local;

/**
 * The ports of 127.0.0.1 that a platform listens on, each 1 to 65535.
 *
 * @param api the api's
 * @param consumer the consumer's, for health and metrics
 * @param kafka Kafka's
 * @param postgresql PostgreSQL's
 */
public record Ports(int api, int consumer, int kafka, int postgresql) {
    private static final String CHOSEN = "Choose another one with --port.";
    private static final String FIXED = "It is fixed, so stop that program first.";
    private static final int KAFKA = 19_092;
    private static final int POSTGRESQL = 15_432;

    /**
     * That port for the api, and free ones for the servers.
     *
     * @param port 1 to 65534; the consumer gets the next one
     */
    public static Ports from(int port) {
        return new Ports(port, port + 1, FreePort.find(), FreePort.find());
    }

    /** {@return free ports only} */
    public static Ports free() {
        return new Ports(FreePort.find(), FreePort.find(), FreePort.find(), FreePort.find());
    }

    /** The ports that programs in development mode expect the servers at. */
    static Ports ofDependencies() {
        return new Ports(0, 0, KAFKA, POSTGRESQL);
    }

    /** Fails with the first port that is taken. */
    void require(Extent extent) {
        switch (extent) {
            case PLATFORM -> {
                require(api, "the api", CHOSEN);
                require(consumer, "the consumer (one above the api's)", CHOSEN);
            }
            case DEPENDENCIES -> {
                require(kafka, "Kafka", FIXED);
                require(postgresql, "PostgreSQL", FIXED);
            }
        }
    }

    private static void require(int port, String user, String remedy) {
        if (!FreePort.isFree(port)) {
            throw new StartFailure("Port %d, for %s, is taken by another program. %s".formatted(port, user, remedy));
        }
    }
}
