package io.sluice.api.topics;

import io.sluice.runtime.kafka.OffsetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads when the first record was written that a group has not read, of each partition. */
final class OldestUnread {

    /** Time for all partitions of a topic; of those that are not read then it is not known. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    /** Bytes of a fetch, and of a partition in it: the first record is all that is wanted. */
    private static final int FETCH_BYTES = 1 << 20;

    private static final int PARTITION_BYTES = 4 << 10;

    /** Keys and values are not looked at. */
    private static final Deserializer<String> NOTHING = (topic, bytes) -> "";

    private OldestUnread() {}

    /**
     * Reads them; blocks for about a second at most.
     *
     * @param kafka properties of a client
     */
    static Map<TopicPartition, Instant> read(Map<String, Object> kafka, OffsetSnapshot offsets) {
        Set<TopicPartition> behind = offsets.end().entrySet().stream()
                .filter(end -> end.getValue() > offsets.nextIn(end.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<TopicPartition, Instant> oldest = new HashMap<>();
        if (behind.isEmpty()) {
            return oldest;
        }
        long began = System.nanoTime();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(configuration(kafka), NOTHING, NOTHING)) {
            consumer.assign(behind);
            behind.forEach(partition -> consumer.seek(partition, offsets.nextIn(partition)));
            Duration left = WITHIN;
            while (oldest.size() < behind.size() && !left.isNegative()) {
                for (ConsumerRecord<String, String> record : consumer.poll(left)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    oldest.put(partition, Instant.ofEpochMilli(record.timestamp()));
                    consumer.pause(List.of(partition));
                }
                left = WITHIN.minusNanos(System.nanoTime() - began);
            }
        }
        return oldest;
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What was deleted meanwhile is followed by what is the oldest now.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        return all;
    }
}
