package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.TimeoutException;

/** Connection to Kafka: a client of the cluster whose calls are retried, one at a time. */
final class KafkaConnection implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_GREETING = Duration.ofSeconds(1);

    private final Admin admin;
    private final Retry retry;
    private final String name;

    private KafkaConnection(Admin admin, Retry retry, String name) {
        this.admin = admin;
        this.retry = retry;
        this.name = name;
    }

    /** A call of the client, which may be made several times. */
    @FunctionalInterface
    interface Call<T> {
        T on(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** Waits until Kafka answers. */
    static KafkaConnection open(KafkaSettings settings, Retry retry) {
        String name = "Kafka at " + settings.bootstrapServers();
        Map<String, Object> client = client(settings);
        Admin connected = retry.await(Component.KAFKA, name, () -> greet(client, retry.left()));
        return new KafkaConnection(connected, retry, name);
    }

    private static Map<String, Object> client(KafkaSettings settings) {
        Map<String, Object> client = new HashMap<>(settings.clientProperties());
        client.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-provisioning");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        return client;
    }

    /** Creates a new client each time, because a client resolves the servers' names only at its creation. */
    private static Admin greet(Map<String, Object> client, Duration left)
            throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(client);
        boolean answered = false;
        try {
            int timeout =
                    (int) between(SHORTEST_GREETING, left, LONGEST_GREETING).toMillis();
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout))
                    .nodes()
                    .get();
            answered = true;
            return admin;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                // The client's message is about its internal calls.
                throw new TimeoutException("no broker answers");
            }
            throw e;
        } finally {
            if (!answered) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }

    /** Makes a call, and repeats it until it succeeds or fails for good. */
    <T> T call(Call<T> call) {
        return retry.await(Component.KAFKA, name, () -> call.on(admin));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
