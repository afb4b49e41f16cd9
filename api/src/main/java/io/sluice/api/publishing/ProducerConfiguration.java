package io.sluice.api.publishing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Configuration of the producer of events.
 *
 * @param common what is the same for any topic
 */
record ProducerConfiguration(Map<String, Object> common) {

    /** Timeout of an event that the broker does not acknowledge, retries included. */
    static final Duration DELIVERY = Duration.ofSeconds(10);

    /**
     * Timeout of a request, after which its connection counts as dead: soon enough for an event to survive two of those, that
     * to the broker and the one that asks where the brokers are.
     */
    private static final Duration REQUEST = Duration.ofSeconds(3);

    /**
     * Metadata's idle time, for ever: the producer would forget the topic when nobody posts for five minutes, and refuse the next
     * event.
     */
    private static final Duration REMEMBER_TOPIC = Duration.ofDays(3650);

    /** A payload of 1 MiB, its headers, and what the batch adds. */
    private static final int MAX_REQUEST_BYTES = (1 << 20) + (128 << 10);

    /** Memory for events that are handed over and not acknowledged; each batch takes its full size of it. */
    private static final int MEMORY_BYTES = 32 << 20;

    private static final int MAX_BATCH_BYTES = 64 << 10;

    /** Batches of a partition at once: two on their way, one that is full, and one that is filled. */
    private static final int BATCHES_OF_PARTITION = 4;

    /**
     * Adds what the api needs.
     *
     * @param kafka configuration of any client
     */
    static ProducerConfiguration of(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "api");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_TOPIC.toMillis());
        // No event waits for others at rest; while two requests are on their way, the next batch forms: the busier, the
        // larger.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 2);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY_BYTES);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return new ProducerConfiguration(all);
    }

    /** The configuration of a producer for a topic of so many partitions: each has its share of the memory. */
    Map<String, Object> forTopicOf(int partitions) {
        Map<String, Object> all = new HashMap<>(common);
        all.put(
                ProducerConfig.BATCH_SIZE_CONFIG,
                Math.min(MAX_BATCH_BYTES, MEMORY_BYTES / BATCHES_OF_PARTITION / partitions));
        return all;
    }
}
