package io.sluice.runtime.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of a topic and a group, as the broker knows them.
 *
 * @param topicId the topic's id, which changes when the topic is recreated
 * @param committed the group's committed offsets, of this topic and of an earlier one of the same name
 * @param first the first offset of each partition
 * @param end the offset behind the last record of each partition
 */
public record OffsetSnapshot(
        String topicId,
        Map<TopicPartition, OffsetAndMetadata> committed,
        Map<TopicPartition, Long> first,
        Map<TopicPartition, Long> end) {

    /** Fetches them in four requests, one after the other. */
    public static OffsetSnapshot fetch(Admin admin, String topic, String group)
            throws InterruptedException, ExecutionException {
        TopicDescription described = Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        List<TopicPartition> partitions = described.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, @Nullable OffsetAndMetadata> answer = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        answer.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset);
            }
        });
        return new OffsetSnapshot(
                described.topicId().toString(),
                committed,
                offsets(admin, partitions, OffsetSpec.earliest()),
                offsets(admin, partitions, OffsetSpec.latest()));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), unused -> which)))
                .all()
                .get()
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /**
     * True if a committed offset belongs to an earlier topic of the same name. Offsets committed by other programs
     * carry no id.
     */
    public boolean isOfAnotherTopic(OffsetAndMetadata offset) {
        return !offset.metadata().isEmpty() && !offset.metadata().equals(topicId);
    }

    /** The offset that the group has committed in this topic, or empty: it begins with the first record then. */
    public OptionalLong committedIn(TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null || isOfAnotherTopic(offset) ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    }

    /** The offset that the group reads next, as far as it was committed: that of the first record which it has not read and which is there. */
    public long nextIn(TopicPartition partition) {
        return Math.max(committedIn(partition).orElse(0), first.getOrDefault(partition, 0L));
    }

    /** Number of records in each partition that the group has not committed. */
    public Map<Integer, Long> lag() {
        Map<Integer, Long> lag = new HashMap<>();
        end.forEach(
                (partition, behindLast) -> lag.put(partition.partition(), Math.max(0, behindLast - nextIn(partition))));
        return lag;
    }
}
