package io.sluice.consumer.topics;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Configuration of producers whose records must not be lost: all in-sync replicas have a record before it counts as sent. */
public final class ProducerConfiguration {

    private static final Duration RECONNECT_AT_MOST = Duration.ofSeconds(2);

    private static final long BUFFER_BYTES = 16L << 20;

    private ProducerConfiguration() {}

    /**
     * Timeouts of a producer.
     *
     * @param delivery of a record, retries included
     * @param request of one request to a broker
     * @param block of learning where the topic is, for which the caller is blocked
     */
    public record Timeouts(Duration delivery, Duration request, Duration block) {}

    /**
     * Makes a configuration, which can be added to.
     *
     * @param kafka where Kafka is, and how it is spoken to
     * @param client name for brokers and metrics
     * @param topic that is written to, whose largest record it takes
     */
    public static Map<String, Object> of(Map<String, Object> kafka, String client, Topic topic, Timeouts timeouts) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeouts.delivery.toMillis());
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeouts.request.toMillis());
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeouts.block.toMillis());
        all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AT_MOST.toMillis());
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topic.maxMessageBytes());
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        return all;
    }
}
