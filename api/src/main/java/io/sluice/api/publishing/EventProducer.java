package io.sluice.api.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.sluice.contract.settings.Settings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer, set up so that it never waits: the event loop calls it. What it cannot take at once, because it does not know the
 * topic or its memory is full, it refuses.
 */
@Singleton
class EventProducer {

    /** When an event that the broker does not acknowledge is given up, tries included. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    /**
     * When a connection counts as dead on which a request is not answered: soon enough for an event to survive two of those, that
     * to the broker and the one that asks where the brokers are.
     */
    private static final Duration REQUEST = Duration.ofSeconds(3);

    /** What the program's end leaves for events whose requests are answered already; see application.properties. */
    private static final Duration CLOSE = Duration.ofSeconds(9);

    /** Would otherwise forget the topic when nobody posts for five minutes, and refuse the next event. */
    private static final Duration REMEMBER_TOPIC = Duration.ofDays(3650);

    /** A payload of 1 MiB, its headers, and what the batch adds. */
    private static final int MAX_REQUEST_BYTES = (1 << 20) + (128 << 10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaClientMetrics metrics;

    EventProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, Settings settings, MeterRegistry registry) {
        producer = new KafkaProducer<>(
                configuration(kafka, settings), new ByteArraySerializer(), new ByteArraySerializer());
        metrics = new KafkaClientMetrics(producer);
        metrics.bindTo(registry);
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka, Settings settings) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_TOPIC.toMillis());
        all.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return all;
    }

    /**
     * Whether the producer knows the topic. It does not wait for that either: it asks the broker, and knows it a moment later. The
     * topic has to exist, see {@link Topics}.
     */
    boolean knows(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /**
     * Takes a record, or refuses it.
     *
     * @param callback is told what became of it: on this thread, before this returns, if it was refused; else on the producer's
     */
    void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        // The callback is told all that the future is.
        var unused = producer.send(record, callback);
    }

    @PreDestroy
    void close() {
        metrics.close();
        producer.close(CLOSE);
    }
}
