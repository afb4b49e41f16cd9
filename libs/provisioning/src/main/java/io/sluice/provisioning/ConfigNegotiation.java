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

/** The settings that a new topic is made with: those that it has to have, without those that Kafka refuses and that do no harm. */
final class ConfigNegotiation {

    private final KafkaAdmin kafka;
    private final NewTopic topic;
    private final SortedMap<String, String> wanted;
    private final SortedMap<String, String> accepted = new TreeMap<>();
    private final List<String> omitted = new ArrayList<>();

    /**
     * Tries them out; nothing is made.
     *
     * @param topic without settings
     * @throws ProvisioningException if Kafka refuses the topic itself, or a setting without which events could be lost
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

    /** By their names. */
    SortedMap<String, String> accepted() {
        return accepted;
    }

    /** A line for people about each setting that is not among them. */
    List<String> omitted() {
        return omitted;
    }

    /** One setting after the other, as a policy that refuses several tells of one at a time. */
    private void negotiate() {
        rejection(Map.of()).ifPresent(words -> {
            throw new ProvisioningException(
                    Component.KAFKA,
                    "Kafka refuses topic %s with %d partitions and replication factor %d: %s. Change TOPIC_PARTITIONS or "
                                    .formatted(topic.name(), topic.numPartitions(), topic.replicationFactor(), words)
                            + "TOPIC_REPLICATION_FACTOR, or the broker's policy (create.topic.policy.class.name)",
                    null);
        });
        SortedMap<String, String> refused = new TreeMap<>();
        wanted.forEach((setting, value) -> {
            SortedMap<String, String> more = new TreeMap<>(accepted);
            more.put(setting, value);
            rejection(more).ifPresentOrElse(words -> refused.put(setting, words), () -> accepted.put(setting, value));
        });
        SortedMap<String, Value> effective = kafka.settings(topic.configs(accepted));
        refused.forEach((setting, words) -> {
            String value = effective.getOrDefault(setting, new Value("", false)).text();
            ConfigRejection.Change change =
                    new ConfigRejection.Change(setting, wanted.getOrDefault(setting, ""), value);
            omitted.add(new ConfigRejection(change, words).tolerated(topic.name()));
        });
    }

    private Optional<String> rejection(Map<String, String> settings) {
        return kafka.rejection(topic.configs(settings));
    }
}
