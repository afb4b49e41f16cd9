package io.sluice.provisioning;

import static java.util.Map.entry;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** The settings that decide whether a topic keeps what it has acknowledged. */
final class TopicSettings {

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
                entry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes())),
                entry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInSyncReplicas(replicationFactor))),
                entry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())),
                entry(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false")));
    }

    /** One broker may be away: above that, each acknowledged record is on all but one. */
    private static int minInSyncReplicas(int replicationFactor) {
        return Math.max(1, replicationFactor - 1);
    }
}
