package io.sluice.local;

/**
 * The ports of a platform at 127.0.0.1, each 1 to 65535.
 *
 * @param api of the api
 * @param consumer of the consumer, for health
 * @param apiMetrics of the api's metrics
 * @param consumerMetrics of the consumer's metrics
 * @param worker of the worker, for health
 * @param workerMetrics of the worker's metrics
 * @param kafka of Kafka
 * @param postgresql of PostgreSQL
 */
public record Ports(
        int api,
        int consumer,
        int apiMetrics,
        int consumerMetrics,
        int worker,
        int workerMetrics,
        int kafka,
        int postgresql) {
    /** The ports at which programs in development mode expect the servers. */
    static final Ports DEVELOPMENT = new Ports(0, 0, 0, 0, 0, 0, 19_092, 15_432);

    /**
     * This port for the api, and free ones for the servers.
     *
     * @param port 1 to 65530; the consumer gets the next one, the metrics of both those behind it, and the worker and its metrics the last two
     */
    public static Ports from(int port) {
        return new Ports(port, port + 1, port + 2, port + 3, port + 4, port + 5, FreePort.find(), FreePort.find());
    }

    /** {@return free ports only} */
    public static Ports free() {
        return new Ports(
                FreePort.find(),
                FreePort.find(),
                FreePort.find(),
                FreePort.find(),
                FreePort.find(),
                FreePort.find(),
                FreePort.find(),
                FreePort.find());
    }

    /** Ports of the servers alone: Kafka at this port, 1 to 65534, and PostgreSQL at the next one. */
    static Ports ofDependencies(int port) {
        return new Ports(0, 0, 0, 0, 0, 0, port, port + 1);
    }

    /** Fails if a port is taken. */
    void require(RunMode mode) {
        switch (mode) {
            case PLATFORM -> {
                requireThoseOfFeatures();
                require(consumer, "the consumer (one above the api's)");
                require(consumerMetrics, "the consumer's metrics (three above the api's)");
            }
            case WITHOUT_MESSAGES -> requireThoseOfFeatures();
            case DEPENDENCIES -> {
                require(kafka, "Kafka");
                require(postgresql, "PostgreSQL");
            }
        }
    }

    private void requireThoseOfFeatures() {
        require(api, "the api");
        require(apiMetrics, "the api's metrics (two above the api's)");
        require(worker, "the worker (four above the api's)");
        require(workerMetrics, "the worker's metrics (five above the api's)");
    }

    private static void require(int port, String user) {
        if (!FreePort.isFree(port)) {
            throw new StartFailure("Port %d, for %s, is taken by another program. Choose another one with --port."
                    .formatted(port, user));
        }
    }
}
