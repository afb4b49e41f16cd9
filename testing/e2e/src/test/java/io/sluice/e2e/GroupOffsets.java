package io.sluice.e2e;

import io.sluice.local.KafkaServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The positions of consumer groups: what {@code kafka-consumer-groups.sh} writes down and sets back. */
record GroupOffsets(Map<String, Map<TopicPartition, OffsetAndMetadata>> byGroup) {

    /** Those that the groups have committed. */
    static GroupOffsets of(KafkaServer kafka, String... groups) {
        try (Admin admin = admin(kafka)) {
            Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
            for (String group : groups) {
                offsets.put(
                        group,
                        admin.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .get());
            }
            return new GroupOffsets(offsets);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Sets the groups to these, and to the beginning where they had not committed anything. Nobody may be in a group then: the
     * broker refuses otherwise.
     */
    void restore(KafkaServer kafka) {
        try (Admin admin = admin(kafka)) {
            for (Map.Entry<String, Map<TopicPartition, OffsetAndMetadata>> group : byGroup.entrySet()) {
                admin.deleteConsumerGroups(List.of(group.getKey())).all().get();
                admin.alterConsumerGroupOffsets(group.getKey(), group.getValue())
                        .all()
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Admin admin(KafkaServer kafka) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }
}
