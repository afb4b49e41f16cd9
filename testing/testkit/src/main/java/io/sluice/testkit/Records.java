package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventHeader;
import io.sluice.contract.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of a topic, always read from its beginning and without a consumer group.
 *
 * @param bootstrapServers of Kafka
 * @param topic name of a topic that exists
 */
public record Records(String bootstrapServers, String topic) {

    /** The event of a record. */
    public static Event event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventCodec.decode(record);
        } catch (UndecodableRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** The ids of the current records that are events; a test may have put others there. */
    public Set<String> ids() {
        return all().stream()
                .map(record -> record.headers().lastHeader(EventHeader.ID.key()))
                .filter(Objects::nonNull)
                .map(id -> new String(id.value(), UTF_8))
                .collect(Collectors.toSet());
    }

    /** The current records. */
    public List<ConsumerRecord<byte[], byte[]>> all() {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(assignAll(consumer));
            return read(consumer, records -> ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
        }
    }

    /**
     * Waits until the records satisfy a condition.
     *
     * @param enough condition on all records so far
     * @return the records that satisfied it
     * @throws AssertionError if none do within 90 s
     */
    public List<ConsumerRecord<byte[], byte[]>> await(Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            assignAll(consumer);
            return read(consumer, enough);
        }
    }

    /**
     * Waits for one record.
     *
     * @throws AssertionError if it does not come within 90 s
     */
    public ConsumerRecord<byte[], byte[]> awaitFirst(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        return await(records -> records.stream().anyMatch(wanted)).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            Consumer<byte[], byte[]> consumer, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long start = System.nanoTime();
        while (!enough.test(records)) {
            if (System.nanoTime() - start > Await.TIMEOUT.toNanos()) {
                throw new AssertionError("After %d s, the %d records of topic %s are not what was waited for"
                        .formatted(Await.TIMEOUT.toSeconds(), records.size(), topic));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    private List<TopicPartition> assignAll(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
