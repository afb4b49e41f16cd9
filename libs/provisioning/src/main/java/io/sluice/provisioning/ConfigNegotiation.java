package io.sluice.provisioning;

import io.sluice.provisioning.KafkaAdmin.Value;
import io.sluice.provisioning.ProvisioningException.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Finds the configuration of a new topic: the required one, without settings that Kafka rejects and that are harmless
 * to omit.
 */
final class ConfigNegotiation {

    private final KafkaAdmin kafka;
    private final NewTopic topic;
    private final SortedMap<String, String> wanted;
    private final SortedMap<String, String> accepted = new TreeMap<>();
    private final List<String> omitted = new ArrayList<>();

    /**
     * Validates the configuration; creates nothing.
     *
     * @param topic without configuration
     * @throws ProvisioningException if Kafka rejects the topic itself, or a setting without which events could be lost
     */
    ConfigNegotiation(KafkaAdmin kafka, NewTopic topic, SortedMap<String, String> wanted) {
        this.kafka = kafka;
        this.topic = topic;
        this.wanted = wanted;
        if (rejection(wanted).isEmpty()) {
            accepted.putAll(wanted);
        } else {
            negotiate();
        }
    }

    /** The accepted settings, by name. */
    SortedMap<String, String> accepted() {
        return accepted;
    }

    /** A message for each omitted setting. */
    List<String> omitted() {
        return omitted;
    }

    /** Validates one setting after the other, because a policy that rejects several reports one at a time. */
    private void negotiate() {
        rejection(Map.of()).ifPresent(message -> {
            throw new ProvisioningException(
                    Component.KAFKA,
                    "Kafka refuses topic %s with %d partitions and replication factor %d: %s. Change TOPIC_PARTITIONS or "
                                    .formatted(topic.name(), topic.numPartitions(), topic.replicationFactor(), message)
                            + "TOPIC_REPLICATION_FACTOR, or the broker's policy (create.topic.policy.class.name)",
                    null);
        });
        SortedMap<String, String> refused = new TreeMap<>();
        wanted.forEach((setting, value) -> {
            SortedMap<String, String> more = new TreeMap<>(accepted);
            more.put(setting, value);
            rejection(more)
                    .ifPresentOrElse(message -> refused.put(setting, message), () -> accepted.put(setting, value));
        });
        SortedMap<String, Value> effective = kafka.settings(topic.configs(accepted));
        refused.forEach((setting, message) -> {
            String value = effective.getOrDefault(setting, new Value("", false)).text();
            ConfigRejection.Change change =
                    new ConfigRejection.Change(setting, wanted.getOrDefault(setting, ""), value);
            omitted.add(new ConfigRejection(change, message).tolerated(topic.name()));
        });
    }

    private Optional<String> rejection(Map<String, String> settings) {
        return kafka.rejection(topic.configs(settings));
    }
}
