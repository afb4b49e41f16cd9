package io.sluice.api.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer for one topic, as long as both last: it is over when the topic was deleted and made anew, and when the client has failed
 * in a way that it does not recover from. It never waits.
 */
final class TopicProducer {

    private final Uuid topicId;
    private final ProducerRecord<byte[], byte @Nullable []> question;
    private final KafkaProducer<byte[], byte @Nullable []> producer;
    private final KafkaClientMetrics metrics;
    private final Metric retries;
    private final LongAdder inFlight;
    private final long made = System.nanoTime();

    /** True if the producer has asked where the topic is since it was last seen to be the same. */
    private volatile boolean metadataUpdated;

    private volatile boolean topicReplaced;

    private volatile @Nullable Exception failure;

    private volatile @Nullable String over;

    private double retriesSeen;
    private long retriesSeenAt = made;

    /**
     * Makes a producer, which does not know the topic yet.
     *
     * @param topicId the topic's id, all zeros where the broker is older than 2.8 and has none
     * @param inFlight counts the events that were handed to this producer
     * @throws KafkaException if it cannot be made, as when no address of {@code KAFKA_BOOTSTRAP_SERVERS} can be resolved
     */
    TopicProducer(Map<String, Object> kafka, String topic, Uuid topicId, LongAdder inFlight) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, SameTopicPartitioner.class.getName());
        all.put(SameTopicPartitioner.TOPIC_ID, topicId);
        this.topicId = topicId;
        this.inFlight = inFlight;
        this.question = new ProducerRecord<>(topic, SameTopicPartitioner.QUESTION, null);
        this.producer = new KafkaProducer<>(all, new WatchfulSerializer(), new ByteArraySerializer());
        this.metrics = new KafkaClientMetrics(producer);
        this.retries = producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("record-retry-total")
                        && metric.metricName().group().equals("producer-metrics"))
                .findFirst()
                .orElseThrow();
    }

    /** Is told by the producer of each answer to the question where the topic is, before it uses that. */
    private final class WatchfulSerializer extends ByteArraySerializer implements ClusterResourceListener {
        @Override
        public void onUpdate(ClusterResource cluster) {
            metadataUpdated = true;
        }
    }

    Uuid topicId() {
        return topicId;
    }

    LongAdder inFlight() {
        return inFlight;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - made);
    }

    /** The reason why it takes nothing any more, or {@code null} while it does. */
    @Nullable String over() {
        return over;
    }

    /** The exception with which it has failed for good, or {@code null}. */
    @Nullable Exception failure() {
        return failure;
    }

    void bindMetrics(MeterRegistry registry) {
        metrics.bindTo(registry);
    }

    /** True if it knows the topic. Where it does not, it asks the broker, and knows it a moment later. */
    boolean knowsTopic() {
        try {
            SameTopicPartitioner.Answer answer =
                    producer.partitionsFor(question.topic()).isEmpty() ? null : ask();
            if (answer != null && !answer.isSame()) {
                replaced(answer);
            }
            return answer != null && answer.isSame();
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /**
     * Takes a record, or refuses it. The topic has to be known.
     *
     * @param callback is told what became of it: on this thread, before this returns, if it was refused; else on the producer's
     * @throws SameTopicPartitioner.Answer if the topic was made anew, and the record was not taken
     * @throws IllegalStateException if the producer is closed, and the record was not taken
     * @throws KafkaException if the producer has failed for good; whether it took the record is not certain
     */
    void send(ProducerRecord<byte[], byte @Nullable []> record, Callback callback) {
        try {
            // The callback is told all that the future is.
            var unused = producer.send(record, callback);
        } catch (SameTopicPartitioner.Answer another) {
            replaced(another);
            throw another;
        } catch (KafkaException | IllegalStateException closedOrFailedForGood) {
            failure = closedOrFailedForGood;
            over = "the client of Kafka has failed and is made anew";
            throw closedOrFailedForGood;
        }
    }

    /**
     * True if what is being acknowledged is in the topic, and not in another one of its name. Brokers from 4.1 on write to the topic
     * whose id the producer knew when it sent (KIP-516), so nothing has to be asked while it knows the same. To be asked on the
     * producer's thread.
     */
    boolean isInTopic() {
        if (metadataUpdated) {
            metadataUpdated = false;
            SameTopicPartitioner.Answer answer = ask();
            if (answer == null) {
                // It knows of no topic at the moment, and sends nothing: this was sent before.
                metadataUpdated = true;
            } else if (!answer.isSame()) {
                replaced(answer);
            }
        }
        return !topicReplaced;
    }

    private void replaced(SameTopicPartitioner.Answer answer) {
        topicReplaced = true;
        over = answer.getMessage();
    }

    private SameTopicPartitioner.@Nullable Answer ask() {
        try {
            var unused = producer.send(question, (none, unknown) -> {});
            return null;
        } catch (SameTopicPartitioner.Answer answer) {
            return answer;
        } catch (KafkaException | IllegalStateException failed) {
            return null;
        }
    }

    /** True if a record may have been sent more than once that was handed over at this {@link System#nanoTime()}, or later. */
    synchronized boolean hasRetriedSince(long handedOver) {
        lookForRetries();
        return retriesSeenAt - handedOver > 0;
    }

    /** The oftener this is called, the fewer records may have been sent more than once. */
    synchronized void lookForRetries() {
        double now = (double) retries.metricValue();
        if (now != retriesSeen) {
            retriesSeen = now;
            retriesSeenAt = System.nanoTime();
        }
    }

    /** Another producer is about to show metrics of the same names. */
    void unbindMetrics() {
        metrics.close();
    }

    /**
     * Ends it; blocks.
     *
     * @param deliver how long it may go on delivering what it has
     */
    void close(Duration deliver) {
        metrics.close();
        producer.close(deliver);
    }
}
