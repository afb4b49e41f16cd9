package io.sluice.consumer.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that a client has passed without a record: transaction markers, compacted records, or records that the topic has deleted
 * unread. The first offsets that the broker knows tell which are lost. Used by the polling thread alone.
 */
final class SkippedOffsets {

    private final RecordLossTracker losses;
    private final List<Gap> gaps = new ArrayList<>();

    SkippedOffsets(RecordLossTracker losses) {
        this.losses = losses;
    }

    private record Gap(TopicPartition partition, long from, long to) {}

    /** Keeps what lies between two records until the broker has answered. */
    void add(TopicPartition partition, long from, long to) {
        gaps.add(new Gap(partition, from, to));
    }

    /** Forgets those of partitions that are read anew. */
    void forget(Collection<TopicPartition> partitions) {
        gaps.removeIf(gap -> partitions.contains(gap.partition));
    }

    /** Forgets all: the topic is another one. */
    void forgetAll() {
        gaps.clear();
    }

    /**
     * Counts as lost what lies before the first offset of its partition, and forgets all.
     *
     * @param first the first offset of each partition that the broker knows of
     */
    void settle(Map<TopicPartition, Long> first) {
        gaps.forEach(gap -> {
            Long known = first.get(gap.partition);
            if (known != null && known > gap.from) {
                losses.add(gap.partition, gap.from, Math.min(known, gap.to));
            }
        });
        gaps.clear();
    }

    /**
     * Counts only what the client has skipped: records that it has fetched are delivered, even if the topic has deleted
     * them.
     */
    void count(TopicPartition partition, PartitionPosition position, long from, long reached, long first) {
        if (from != PartitionPosition.UNKNOWN && reached > from && first > from) {
            losses.add(partition, from, Math.min(first, reached));
            if (position.nextOffset() < reached) {
                position.next(new OffsetAndMetadata(reached));
            }
        }
    }
}
