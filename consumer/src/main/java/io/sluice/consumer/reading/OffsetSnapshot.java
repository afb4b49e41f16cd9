package io.sluice.consumer.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
record OffsetSnapshot(
        String topicId,
        Map<TopicPartition, OffsetAndMetadata> committed,
        Map<TopicPartition, Long> first,
        Map<TopicPartition, Long> end) {

    /** Fetches them in four requests, one after the other. */
    static OffsetSnapshot fetch(Admin admin, String topic, String group)
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
    boolean isOfAnotherTopic(OffsetAndMetadata offset) {
        return !offset.metadata().isEmpty() && !offset.metadata().equals(topicId);
    }

    /** Number of records in each partition that the group has not committed. */
    Map<Integer, Long> lag() {
        Map<Integer, Long> lag = new HashMap<>();
        end.forEach((partition, behindLast) -> {
            OffsetAndMetadata offset = committed.get(partition);
            // A group without a committed offset begins with the first record.
            long next = offset == null || isOfAnotherTopic(offset) ? 0 : offset.offset();
            long from = Math.max(next, first.getOrDefault(partition, 0L));
            lag.put(partition.partition(), Math.max(0, behindLast - from));
        });
        return lag;
    }
}
