package io.sluice.consumer.outbox;

import io.sluice.consumer.topics.ProducerConfiguration;
import io.sluice.consumer.topics.ProducerConfiguration.Timeouts;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The relay's producer, made anew after each failure: one that was refused once may never deliver again. For one thread. */
final class OutboxProducer implements AutoCloseable {

    /** Timeout of the delivery of a record, retries included. */
    static final Duration DELIVERY = Duration.ofSeconds(5);

    /** Timeout of learning where the topic is. */
    static final Duration BLOCK = Duration.ofSeconds(2);

    private static final Duration REQUEST = Duration.ofSeconds(3);

    /** Shortest that the client takes. Until it has forgotten the topic, it asks for it, and a broker may make one that is asked for. */
    private static final Duration REMEMBER_TOPIC = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<String, Object> configuration;
    private final Topics topics;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable UUID topicId;
    private long lookedAt;

    /** Makes no producer yet. */
    OutboxProducer(Map<String, Object> kafka, Topics topics) {
        this.configuration = configuration(kafka);
        this.topics = topics;
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka) {
        Map<String, Object> all = ProducerConfiguration.of(
                kafka, "sluice-consumer-outbox", Topic.MESSAGES, new Timeouts(DELIVERY, REQUEST, BLOCK));
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_TOPIC.toMillis());
        // The next event of an aggregate waits for this one; those of others are a batch while a request is under way.
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
    Producer<byte[], byte[]> ready() {
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

    /** Ends the producer without waiting for what it has; the next one is another. */
    void discard() {
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
