package io.sluice.api.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

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

    private final Map<String, Object> kafka;
    private final MeterRegistry registry;
    private volatile @Nullable Client client;

    private record Client(KafkaProducer<byte[], byte[]> producer, KafkaClientMetrics metrics) {}

    EventProducer(@Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry registry) {
        this.kafka = configuration(kafka);
        this.registry = registry;
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "api");
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
     * topic has to exist, and the broker to take the program's credentials, see {@link Topics}.
     */
    boolean knows(String topic) {
        try {
            return !opened().producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /**
     * Not made before it is needed: an idempotent producer whose very first request meets a broker that refuses the credentials
     * loses that request, and delivers nothing for good.
     */
    private synchronized Client opened() {
        Client opened = client;
        if (opened == null) {
            KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
            opened = new Client(producer, new KafkaClientMetrics(producer));
            opened.metrics.bindTo(registry);
            client = opened;
        }
        return opened;
    }

    /**
     * Takes a record, or refuses it. The topic has to be known.
     *
     * @param callback is told what became of it: on this thread, before this returns, if it was refused; else on the producer's
     */
    void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        // The callback is told all that the future is.
        var unused = Objects.requireNonNull(client).producer.send(record, callback);
    }

    @PreDestroy
    void close() {
        Client opened = client;
        if (opened != null) {
            opened.metrics.close();
            opened.producer.close(CLOSE);
        }
    }
}
