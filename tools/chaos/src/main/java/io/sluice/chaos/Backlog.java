package io.sluice.chaos;

import io.sluice.contract.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The backlog of the consumers.
 *
 * @param bootstrapServers of Kafka
 */
record Backlog(String bootstrapServers) {

    /** Number of records behind the committed offsets. */
    long records() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin);
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(TestEnvironment.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue().offset() - offset(committed.get(end.getKey())))
                    .sum();
        } catch (ExecutionException e) {
            throw new Failure("Kafka does not say what is stored: " + e.getCause());
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin)
            throws InterruptedException, ExecutionException {
        String topic = Topic.MESSAGES.name("");
        Map<TopicPartition, OffsetSpec> ends =
                admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .collect(Collectors.toMap(
                                it -> new TopicPartition(topic, it.partition()), it -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get();
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }
}
