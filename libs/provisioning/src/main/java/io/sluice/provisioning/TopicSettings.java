package io.sluice.provisioning;

import static java.util.Map.entry;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * The settings on which it depends that a topic keeps acknowledged records, and keeps them unchanged. {@code
 * docs/guides/init-job.md} discusses all of Kafka's settings.
 *
 * @see <a href="https://kafka.apache.org/41/generated/topic_config.html">Kafka's list</a>
 */
final class TopicSettings {

    /** The broker decompresses records of others, and rejects those that exceed the size limit then. */
    private static final String UNCOMPRESSED = "uncompressed";

    /** The broker keeps the producer's compression, and the programs use none. */
    private static final String AS_WRITTEN = "producer";

    private TopicSettings() {}

    /**
     * The required settings of a topic, by the broker's names.
     *
     * @param retention how long it keeps records
     * @param replicationFactor the topic's actual number of replicas
     */
    static SortedMap<String, String> of(Topic topic, Duration retention, int replicationFactor) {
        return new TreeMap<>(Map.ofEntries(
                entry(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE),
                entry(TopicConfig.COMPRESSION_TYPE_CONFIG, UNCOMPRESSED),
                entry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes())),
                // Older records would be deleted at once; they are rejected instead, so that the client knows.
                entry(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(retention.toMillis())),
                entry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.CREATE_TIME.name),
                entry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInSyncReplicas(replicationFactor))),
                entry(TopicConfig.RETENTION_BYTES_CONFIG, "-1"),
                entry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())),
                entry(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false")));
    }

    /**
     * True if a topic keeps the programs' records unchanged with this value, too, if the broker rejects the required
     * one.
     *
     * @param wanted the setting's value in {@link #of}
     * @param effective the value in effect without it; empty on brokers that do not know the setting
     */
    static boolean isHarmless(String setting, String wanted, String effective) {
        return switch (setting) {
            case TopicConfig.COMPRESSION_TYPE_CONFIG -> effective.equals(wanted) || effective.equals(AS_WRITTEN);
            // Matters only for clocks that are wrong by RETENTION_DAYS.
            case TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG -> true;
            default -> effective.equals(wanted);
        };
    }

    /** All replicas but one, so that one broker may be down. */
    private static int minInSyncReplicas(int replicationFactor) {
        return Math.max(1, replicationFactor - 1);
    }
}
