package io.sluice.provisioning;

import io.sluice.provisioning.Broker.Value;
import io.sluice.provisioning.ProvisioningException.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/** The settings that a new topic is made with: those that it has to have, without those that Kafka refuses and that do no harm. */
final class Terms {

    private final Broker broker;
    private final NewTopic topic;
    private final SortedMap<String, String> wanted;
    private final SortedMap<String, String> agreed = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * Tries them out; nothing is made.
     *
     * @param topic without settings
     * @throws ProvisioningException if Kafka refuses the topic itself, or a setting without which events could be lost
     */
    Terms(Broker broker, NewTopic topic, SortedMap<String, String> wanted) {
        this.broker = broker;
        this.topic = topic;
        this.wanted = wanted;
        if (objection(wanted).isEmpty()) {
            agreed.putAll(wanted);
        } else {
            negotiate();
        }
    }

    /** By their names. */
    SortedMap<String, String> agreed() {
        return agreed;
    }

    /** A line for people about each setting that is not among them. */
    List<String> leftOut() {
        return leftOut;
    }

    /** One setting after the other, as a policy that refuses several tells of one at a time. */
    private void negotiate() {
        objection(Map.of()).ifPresent(words -> {
            throw new ProvisioningException(
                    Part.KAFKA,
                    "Kafka refuses topic %s with %d partitions and replication factor %d: %s. Change TOPIC_PARTITIONS or "
                                    .formatted(topic.name(), topic.numPartitions(), topic.replicationFactor(), words)
                            + "TOPIC_REPLICATION_FACTOR, or the broker's policy (create.topic.policy.class.name)",
                    null);
        });
        SortedMap<String, String> refused = new TreeMap<>();
        wanted.forEach((setting, value) -> {
            SortedMap<String, String> more = new TreeMap<>(agreed);
            more.put(setting, value);
            objection(more).ifPresentOrElse(words -> refused.put(setting, words), () -> agreed.put(setting, value));
        });
        SortedMap<String, Value> effective = broker.settings(topic.configs(agreed));
        refused.forEach((setting, words) -> {
            String value = effective.getOrDefault(setting, new Value("", false)).text();
            Objection.Subject subject = new Objection.Subject(setting, wanted.getOrDefault(setting, ""), value);
            leftOut.add(new Objection(subject, words).tolerated(topic.name()));
        });
    }

    private Optional<String> objection(Map<String, String> settings) {
        return broker.objection(topic.configs(settings));
    }
}
