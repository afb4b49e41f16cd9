package io.sluice.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Waits for the name service. A client of Kafka can be away from its brokers for as long as it takes, but it cannot be made
 * while none of their names can be resolved, as before the Service of a broker exists.
 */
public final class KafkaNames {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private KafkaNames() {}

    /**
     * Returns as soon as one of the bootstrap servers' names can be resolved, or when the thread is interrupted.
     *
     * @param reason is told once, if there is something to wait for
     */
    public static void await(Settings settings, Consumer<String> reason) {
        String servers = settings.kafkaBootstrapServers();
        if (isResolvable(servers)) {
            return;
        }
        reason.accept("Waiting for a name of KAFKA_BOOTSTRAP_SERVERS to be resolvable: " + servers);
        try {
            do {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            } while (!isResolvable(servers));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isResolvable(String servers) {
        return Arrays.stream(servers.split(",")).map(String::strip).anyMatch(KafkaNames::isServerResolvable);
    }

    private static boolean isServerResolvable(String server) {
        try {
            InetAddress.getByName(server.substring(0, server.lastIndexOf(':')));
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
