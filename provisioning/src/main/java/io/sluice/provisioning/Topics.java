package io.sluice.provisioning;

import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.sluice.provisioning.Step.Kind;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.NewTopic;

/** Brings the topics to what the settings ask for, as far as that loses nothing. */
final class Topics {

    private final Settings settings;
    private final Broker broker;

    Topics(Settings settings, Broker broker) {
        this.settings = settings;
        this.broker = broker;
    }

    void provision(Plan plan) {
        Set<String> present = broker.topicNames();
        for (Topic topic : Topic.values()) {
            if (present.contains(settings.topicName(topic)) || !create(topic, plan)) {
                amend(topic, plan);
            }
        }
    }

    /** Returns false if the topic is there by now. */
    private boolean create(Topic topic, Plan plan) {
        int partitions = settings.topicPartitions();
        short replicationFactor = settings.topicReplicationFactor();
        NewTopic wanted = new NewTopic(settings.topicName(topic), partitions, replicationFactor)
                .configs(TopicSettings.of(topic, settings.retention(), replicationFactor));
        return plan.change(step(Kind.CREATE, topic, shape(partitions, replicationFactor)), () -> broker.create(wanted));
    }

    private void amend(Topic topic, Plan plan) {
        Broker.Shape shape = broker.shape(settings.topicName(topic));
        int before = plan.steps().size();
        amendPartitions(topic, shape.partitions(), plan);
        amendSettings(topic, shape.replicationFactor(), plan);
        if (shape.replicationFactor() != settings.topicReplicationFactor()) {
            plan.note(step(
                    Kind.WARNING,
                    topic,
                    "has replication factor %d, %d is asked for: it is changed with kafka-reassign-partitions.sh"
                            .formatted(shape.replicationFactor(), settings.topicReplicationFactor())));
        }
        if (plan.steps().size() == before) {
            plan.note(step(Kind.UNCHANGED, topic, shape(shape.partitions(), shape.replicationFactor())));
        }
    }

    private void amendPartitions(Topic topic, int found, Plan plan) {
        int asked = settings.topicPartitions();
        if (found > asked) {
            plan.note(step(
                    Kind.WARNING,
                    topic,
                    "has %d partitions, %d are asked for: none can be taken away".formatted(found, asked)));
        } else if (found < asked) {
            String name = settings.topicName(topic);
            Step step = step(Kind.EXTEND, topic, "from %d to %d partitions".formatted(found, asked));
            if (plan.change(step, () -> broker.extend(name, asked))) {
                plan.note(step(
                        Kind.WARNING,
                        topic,
                        "keys move to other partitions: an event may overtake an earlier one with its key that is "
                                + "not stored yet"));
            }
        }
    }

    private void amendSettings(Topic topic, int replicationFactor, Plan plan) {
        String name = settings.topicName(topic);
        SortedMap<String, String> found = broker.settings(name);
        TopicSettings.of(topic, settings.retention(), replicationFactor).forEach((setting, wanted) -> {
            String current = found.getOrDefault(setting, "");
            if (!current.equals(wanted)) {
                Step step = step(Kind.CORRECT, topic, "%s from %s to %s".formatted(setting, current, wanted));
                plan.change(step, () -> {
                    broker.set(name, setting, wanted);
                    return true;
                });
            }
        });
    }

    private Step step(Kind kind, Topic topic, String detail) {
        return new Step(kind, "topic " + settings.topicName(topic), detail);
    }

    private static String shape(int partitions, int replicationFactor) {
        return "%d partition%s, replication factor %d"
                .formatted(partitions, partitions == 1 ? "" : "s", replicationFactor);
    }
}
