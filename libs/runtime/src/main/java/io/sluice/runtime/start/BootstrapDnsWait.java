package io.sluice.runtime.start;

import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Wait for the DNS names of Kafka's bootstrap servers. A client of Kafka can be away from its brokers for any time, but it cannot be
 * made while none of their names can be resolved, as before the Service of a broker exists.
 */
public final class BootstrapDnsWait {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private BootstrapDnsWait() {}

    /** Returns as soon as one of the bootstrap servers' names can be resolved, or when the thread is interrupted. */
    public static void await() {
        String servers = Environment.read(System::getenv, KafkaSettings::new).bootstrapServers();
        if (isResolvable(servers)) {
            return;
        }
        System.err.println("Waiting for a name of KAFKA_BOOTSTRAP_SERVERS to be resolvable: " + servers);
        try {
            do {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            } while (!isResolvable(servers));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isResolvable(String servers) {
        return Arrays.stream(servers.split(",")).map(String::strip).anyMatch(BootstrapDnsWait::isServerResolvable);
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
