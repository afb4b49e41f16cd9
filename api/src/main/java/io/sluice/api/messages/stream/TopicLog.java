package io.sluice.api.messages.stream;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.publishing.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The topic of events, of which positions are looked up, and which is read from them on. */
final class TopicLog {

    private final Map<String, Object> client;
    private final String topic;
    private final Topics topics;
    private final StreamMetrics metrics;

    /** @param kafka the configuration of all clients */
    TopicLog(Map<String, Object> kafka, String topic, Topics topics, StreamMetrics metrics) {
        this.client = configuration(kafka);
        this.topic = topic;
        this.topics = topics;
        this.metrics = metrics;
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, "api-stream");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What is gone is told, and not passed over in silence.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // Partitions that are added are in the metadata within this time, and the topic may be another one.
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        // Memory: a fetch, and what so many records unpack to.
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 << 20);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 << 10);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 32);
        return all;
    }

    /**
     * The topic as it is now.
     *
     * @throws ProblemException {@link ProblemCode#KAFKA_UNAVAILABLE} if it was not there when Kafka answered last
     */
    Topics.Current current() {
        Topics.Current current = topics.current();
        if (current == null) {
            throw unavailable();
        }
        return current;
    }

    /** The problem that clients are told while Kafka cannot be asked. */
    static ProblemException unavailable() {
        return ProblemException.of(
                ProblemCode.KAFKA_UNAVAILABLE, "Kafka does not say where its topics are; try again later.");
    }

    /**
     * Reads on from a position, by a client of its own.
     *
     * @throws KafkaException if it cannot be made, as when no address of {@code KAFKA_BOOTSTRAP_SERVERS} can be resolved
     */
    LogConsumer consumer(StreamPosition position) {
        return new LogConsumer(client(), topics, topic, position, metrics);
    }

    private KafkaConsumer<byte[], byte @Nullable []> client() {
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The position of what comes next; waits for Kafka.
     *
     * @throws KafkaException if it does not answer within seconds, or refuses
     */
    StreamPosition end(Topics.Current current) {
        return ask(current, consumer -> consumer.endOffsets(partitions(topic, 0, current.partitions())));
    }

    /** The position of what was written at a time or later; waits for Kafka, as {@link #end} does. */
    StreamPosition since(Topics.Current current, Instant since) {
        List<TopicPartition> partitions = partitions(topic, 0, current.partitions());
        // A time may be one that milliseconds have no number for, and no record is older than the epoch.
        long time = since.isBefore(Instant.EPOCH) ? 0 : since.toEpochMilli();
        return ask(current, consumer -> {
            Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> time)));
            found.forEach((partition, first) -> {
                if (first != null) {
                    offsets.put(partition, first.offset());
                }
            });
            return offsets;
        });
    }

    private StreamPosition ask(
            Topics.Current current, Function<Consumer<byte[], byte @Nullable []>, Map<TopicPartition, Long>> question) {
        try (Consumer<byte[], byte @Nullable []> consumer = client()) {
            StreamPosition position = new StreamPosition(current.id(), new long[current.partitions()]);
            question.apply(consumer).forEach((partition, offset) -> position.set(partition.partition(), offset));
            return position;
        }
    }

    /** Partitions of a topic by their numbers, without the last one. */
    static List<TopicPartition> partitions(String topic, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
