package io.sluice.consumer.topics;

import io.sluice.consumer.topics.ProducerConfiguration.Timeouts;
import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer of events that are read from rows, made anew after each failure: one that was refused once may never deliver again. For one thread. */
public final class EventProducer implements AutoCloseable {

    /** Timeout of the delivery of a record, retries included. */
    public static final Duration DELIVERY = Duration.ofSeconds(5);

    /** Timeout of learning where the topic is. */
    public static final Duration BLOCK = Duration.ofSeconds(2);

    private static final Duration REQUEST = Duration.ofSeconds(3);

    /** Shortest that the client takes. Until it has forgotten the topic, it asks for it, and a broker may make one that is asked for. */
    private static final Duration REMEMBER_TOPIC = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<String, Object> configuration;
    private final Topics topics;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable UUID topicId;
    private long lookedAt;

    /**
     * Makes no producer yet.
     *
     * @param kafka where Kafka is, and how it is spoken to
     * @param client name for brokers and metrics
     */
    public EventProducer(Map<String, Object> kafka, String client, Topics topics) {
        this.configuration = configuration(kafka, client);
        this.topics = topics;
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka, String client) {
        Map<String, Object> all =
                ProducerConfiguration.of(kafka, client, Topic.MESSAGES, new Timeouts(DELIVERY, REQUEST, BLOCK));
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_TOPIC.toMillis());
        // Whoever sends waits for the acknowledgement; what comes while a request is under way is a batch.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return all;
    }

    /**
     * A producer for the topic that is there now. The admin client looks for it, at most once a second, because a producer that asks for a
     * topic that was deleted lets the broker make another one.
     *
     * @throws CompletionException if the broker does not answer, or if there is no topic
     * @throws KafkaException if a producer cannot be made
     */
    public Producer<byte[], byte[]> ready() {
        Producer<byte[], byte[]> current = producer;
        if (current == null || System.nanoTime() - lookedAt > BETWEEN_LOOKS.toNanos()) {
            UUID id = topics.awaitId(Topic.MESSAGES);
            lookedAt = System.nanoTime();
            if (!id.equals(topicId)) {
                discard();
                topicId = id;
            }
            current = producer;
        }
        if (current == null) {
            current = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    /** True if Kafka refuses a record for what it is, and may take others meanwhile. */
    public static boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException;
    }

    /** Ends the producer without waiting for what it has; the next one is another. */
    public void discard() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @Override
    public void close() {
        discard();
    }
}
