package io.sluice.api.topics;

import io.sluice.runtime.kafka.OffsetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A topic, and how far its consumer group is.
 *
 * @param id Kafka's id of the topic, which is another one when it was made anew
 * @param retentionSeconds how long the topic keeps an event, in seconds; {@code null} if for ever, or if the api may not know
 * @param group the consumer group
 * @param lag events that the group has not read
 * @param lost events that the topic has deleted before the group had read them
 * @param oldestUnreadTime when the oldest of the events was published that the group has not read; {@code null} if there is none, or if
 *     Kafka did not say in time
 * @param oldestUnreadAgeSeconds how long ago that is, in seconds, at least 0
 * @param partitions in the order of their numbers
 */
record TopicReport(
        String name,
        String id,
        @Nullable Long retentionSeconds,
        String group,
        long lag,
        long lost,
        @Nullable Instant oldestUnreadTime,
        @Nullable Long oldestUnreadAgeSeconds,
        List<Partition> partitions) {

    /**
     * A partition.
     *
     * @param begin the offset of the first record
     * @param end the offset behind the last record
     * @param committed the offset that the group reads next, or {@code null} if it has committed none in this topic
     */
    record Partition(
            int partition,
            long begin,
            long end,
            @Nullable Long committed,
            long lag,
            long lost,
            @Nullable Instant oldestUnreadTime) {}

    /**
     * Reports what Kafka has said.
     *
     * @param oldestUnread of partitions with lag, as far as it is known
     */
    static TopicReport of(
            String name,
            OffsetSnapshot offsets,
            @Nullable Duration retention,
            String group,
            Map<TopicPartition, Instant> oldestUnread,
            Instant now) {
        List<Partition> partitions = offsets.end().keySet().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .map(partition -> partition(offsets, partition, oldestUnread.get(partition)))
                .toList();
        Instant oldest = partitions.stream()
                .map(Partition::oldestUnreadTime)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new TopicReport(
                name,
                offsets.topicId(),
                retention == null ? null : retention.toSeconds(),
                group,
                partitions.stream().mapToLong(Partition::lag).sum(),
                partitions.stream().mapToLong(Partition::lost).sum(),
                oldest,
                // Clocks of two machines may differ.
                oldest == null
                        ? null
                        : Math.max(0, Duration.between(oldest, now).toSeconds()),
                partitions);
    }

    private static Partition partition(
            OffsetSnapshot offsets, TopicPartition partition, @Nullable Instant oldestUnread) {
        long begin = offsets.first().getOrDefault(partition, 0L);
        long end = Objects.requireNonNull(offsets.end().get(partition));
        OptionalLong committed = offsets.committedIn(partition);
        return new Partition(
                partition.partition(),
                begin,
                end,
                committed.isPresent() ? committed.getAsLong() : null,
                Math.max(0, end - offsets.nextIn(partition)),
                Math.max(0, begin - committed.orElse(begin)),
                oldestUnread);
    }
}
