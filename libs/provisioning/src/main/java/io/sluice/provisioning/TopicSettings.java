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
 * The settings that decide whether a topic keeps what it has acknowledged, and keeps it as it was written. {@code
 * docs/guides/init-job.md} goes through all that Kafka has, and says why each is or isn't here.
 *
 * @see <a href="https://kafka.apache.org/41/generated/topic_config.html">Kafka's list</a>
 */
final class TopicSettings {

    /** A broker then unfolds what others have compressed, and takes nothing that is larger than the topic's bound without it. */
    private static final String UNCOMPRESSED = "uncompressed";

    /** A broker then keeps what the writer has made, and the programs do not compress. */
    private static final String AS_WRITTEN = "producer";

    private TopicSettings() {}

    /**
     * The settings that this topic has to have, in the broker's names.
     *
     * @param retention for how long it keeps records
     * @param replicationFactor how many brokers keep each record of it, as it is and not as it was asked for
     */
    static SortedMap<String, String> of(Topic topic, Duration retention, int replicationFactor) {
        return new TreeMap<>(Map.ofEntries(
                entry(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE),
                entry(TopicConfig.COMPRESSION_TYPE_CONFIG, UNCOMPRESSED),
                entry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes())),
                // What is older would be deleted at once: it is refused instead, and its client knows.
                entry(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(retention.toMillis())),
                entry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.CREATE_TIME.name),
                entry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInSyncReplicas(replicationFactor))),
                entry(TopicConfig.RETENTION_BYTES_CONFIG, "-1"),
                entry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())),
                entry(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false")));
    }

    /**
     * Whether a topic of a broker that refuses a setting keeps the programs' records as they are also with this value.
     *
     * @param wanted the setting's value in {@link #of}
     * @param effective the value that holds without it; empty on brokers that do not know the setting
     */
    static boolean isHarmless(String setting, String wanted, String effective) {
        return switch (setting) {
            case TopicConfig.COMPRESSION_TYPE_CONFIG -> effective.equals(wanted) || effective.equals(AS_WRITTEN);
            // It is for clocks that are wrong by RETENTION_DAYS.
            case TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG -> true;
            default -> effective.equals(wanted);
        };
    }

    /** One broker may be away: above that, each acknowledged record is on all but one. */
    private static int minInSyncReplicas(int replicationFactor) {
        return Math.max(1, replicationFactor - 1);
    }
}
