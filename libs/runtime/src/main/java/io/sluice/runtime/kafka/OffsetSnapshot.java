package io.sluice.runtime.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of a topic and a group, as the broker knows them.
 *
 * @param topicId the topic's id, which changes when the topic is recreated
 * @param committed the group's committed offsets, of this topic and of an earlier one of the same name
 * @param first the first offset of each partition that is not {@link #unknown}
 * @param end the offset behind the last record of each of these
 * @param unknown partitions of which the broker does not say it, as when they have no leader
 */
public record OffsetSnapshot(
        String topicId,
        Map<TopicPartition, OffsetAndMetadata> committed,
        Map<TopicPartition, Long> first,
        Map<TopicPartition, Long> end,
        Set<TopicPartition> unknown) {

    /**
     * Fetches them in four requests.
     *
     * @throws ExecutionException if the broker refuses, or does not answer for any partition that has a leader
     */
    public static OffsetSnapshot fetch(Admin admin, String topic, String group)
            throws InterruptedException, ExecutionException {
        TopicDescription described = Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        Set<TopicPartition> unknown = new HashSet<>();
        Set<TopicPartition> led = new HashSet<>();
        // The client would wait for a leader until its time is over, and keep the answers for all others for as long.
        described.partitions().forEach(partition -> (hasLeader(partition) ? led : unknown)
                .add(new TopicPartition(topic, partition.partition())));
        Map<TopicPartition, @Nullable OffsetAndMetadata> answer = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        answer.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset);
            }
        });
        // Both at once: where a leader was lost meanwhile, the time is over for both together.
        ListOffsetsResult earliest = admin.listOffsets(each(led, OffsetSpec.earliest()));
        ListOffsetsResult latest = admin.listOffsets(each(led, OffsetSpec.latest()));
        Map<TopicPartition, Long> first = known(earliest, led);
        Map<TopicPartition, Long> end = known(latest, led);
        first.keySet().retainAll(end.keySet());
        end.keySet().retainAll(first.keySet());
        led.removeAll(end.keySet());
        unknown.addAll(led);
        return new OffsetSnapshot(described.topicId().toString(), committed, first, end, unknown);
    }

    private static boolean hasLeader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader != null && !leader.isEmpty();
    }

    private static Map<TopicPartition, OffsetSpec> each(Set<TopicPartition> partitions, OffsetSpec which) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), unused -> which));
    }

    private static Map<TopicPartition, Long> known(ListOffsetsResult answer, Set<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ExecutionException failure = null;
        for (TopicPartition partition : partitions) {
            try {
                offsets.put(partition, answer.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                failure = e;
            }
        }
        if (failure != null && offsets.isEmpty()) {
            throw failure;
        }
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

    /** Number of records that the group has not committed, in each partition that is not {@link #unknown}. */
    public Map<Integer, Long> lag() {
        Map<Integer, Long> lag = new HashMap<>();
        end.forEach(
                (partition, behindLast) -> lag.put(partition.partition(), Math.max(0, behindLast - nextIn(partition))));
        return lag;
    }
}
