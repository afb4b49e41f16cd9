package io.sluice.api.topics;

import io.sluice.runtime.kafka.OffsetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A topic, and how far its consumer group is.
 *
 * @param id Kafka's id of the topic, which is another one when it was made anew
 * @param retentionSeconds how long the topic keeps an event, in seconds; {@code null} if for ever, or if the api may not know
 * @param group the consumer group
 * @param lag events that the group has not read; {@code null} if Kafka does not say so of each partition
 * @param lost events that the topic has deleted before the group had read them; {@code null} likewise
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
        @Nullable Long lag,
        @Nullable Long lost,
        @Nullable Instant oldestUnreadTime,
        @Nullable Long oldestUnreadAgeSeconds,
        List<Partition> partitions) {

    /**
     * A partition. Where it has no leader, Kafka says no more than what is committed, and the rest is {@code null}.
     *
     * @param begin the offset of the first record
     * @param end the offset behind the last record
     * @param committed the offset that the group reads next, or {@code null} if it has committed none in this topic
     */
    record Partition(
            int partition,
            @Nullable Long begin,
            @Nullable Long end,
            @Nullable Long committed,
            @Nullable Long lag,
            @Nullable Long lost,
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
        List<Partition> partitions = Stream.concat(offsets.end().keySet().stream(), offsets.unknown().stream())
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
                sum(partitions, Partition::lag),
                sum(partitions, Partition::lost),
                oldest,
                // Clocks of two machines may differ.
                oldest == null
                        ? null
                        : Math.max(0, Duration.between(oldest, now).toSeconds()),
                partitions);
    }

    /** The sum, or {@code null} if it is not known of each partition. */
    private static @Nullable Long sum(List<Partition> partitions, Function<Partition, @Nullable Long> count) {
        long sum = 0;
        for (Partition partition : partitions) {
            Long known = count.apply(partition);
            if (known == null) {
                return null;
            }
            sum += known;
        }
        return sum;
    }

    private static Partition partition(
            OffsetSnapshot offsets, TopicPartition partition, @Nullable Instant oldestUnread) {
        OptionalLong committed = offsets.committedIn(partition);
        Long next = committed.isPresent() ? committed.getAsLong() : null;
        Long begin = offsets.first().get(partition);
        Long end = offsets.end().get(partition);
        if (begin == null || end == null) {
            return new Partition(partition.partition(), null, null, next, null, null, null);
        }
        return new Partition(
                partition.partition(),
                begin,
                end,
                next,
                Math.max(0, end - offsets.nextIn(partition)),
                Math.max(0, begin - committed.orElse(begin)),
                oldestUnread);
    }
}
