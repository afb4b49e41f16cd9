package io.sluice.provisioning;

import io.sluice.contract.Topic;
import io.sluice.provisioning.KafkaAdmin.Value;
import io.sluice.provisioning.Step.Kind;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics and aligns them with the settings, as far as no record is lost. */
final class Topics {

    private final ProvisioningSettings settings;
    private final KafkaAdmin kafka;

    Topics(ProvisioningSettings settings, KafkaAdmin kafka) {
        this.settings = settings;
        this.kafka = kafka;
    }

    void provision(Plan plan) {
        for (Topic topic : Topic.values()) {
            if (kafka.exists(shape(topic)) || !create(topic, plan)) {
                update(topic, plan);
            }
        }
    }

    /** Returns false if the topic exists by now. */
    private boolean create(Topic topic, Plan plan) {
        ConfigNegotiation negotiation = new ConfigNegotiation(
                kafka, shape(topic), wanted(topic, settings.topics().replicationFactor()));
        NewTopic accepted = shape(topic).configs(negotiation.accepted());
        Step step = step(Kind.CREATE, topic, shape(accepted.numPartitions(), accepted.replicationFactor()));
        boolean created = plan.change(step, () -> kafka.create(accepted));
        if (created) {
            negotiation.omitted().forEach(left -> plan.note(step(Kind.WARNING, topic, left)));
        }
        return created;
    }

    private NewTopic shape(Topic topic) {
        return new NewTopic(
                settings.kafka().topicName(topic),
                settings.topics().partitions(),
                settings.topics().replicationFactor());
    }

    private SortedMap<String, String> wanted(Topic topic, int replicationFactor) {
        return TopicSettings.of(topic, settings.retention().retention(), replicationFactor);
    }

    private void update(Topic topic, Plan plan) {
        KafkaAdmin.Shape shape = kafka.shape(settings.kafka().topicName(topic));
        int before = plan.steps().size();
        updatePartitions(topic, shape.partitions(), plan);
        updateSettings(topic, shape.replicationFactor(), plan);
        if (shape.replicationFactor() != settings.topics().replicationFactor()) {
            plan.note(step(
                    Kind.WARNING,
                    topic,
                    "has replication factor %d, %d is asked for: it is changed with kafka-reassign-partitions.sh"
                            .formatted(
                                    shape.replicationFactor(), settings.topics().replicationFactor())));
        }
        if (plan.steps().size() == before) {
            plan.note(step(Kind.UNCHANGED, topic, shape(shape.partitions(), shape.replicationFactor())));
        }
    }

    private void updatePartitions(Topic topic, int found, Plan plan) {
        int asked = settings.topics().partitions();
        if (found > asked) {
            plan.note(step(
                    Kind.WARNING,
                    topic,
                    "has %d partitions, %d are asked for: none can be taken away".formatted(found, asked)));
        } else if (found < asked) {
            String name = settings.kafka().topicName(topic);
            Step step = step(Kind.EXTEND, topic, "from %d to %d partitions".formatted(found, asked));
            if (plan.change(step, () -> kafka.extend(name, asked))) {
                plan.note(step(
                        Kind.WARNING,
                        topic,
                        "keys move to other partitions: an event may overtake an earlier one with its key that is "
                                + "not stored yet"));
            }
        }
    }

    private void updateSettings(Topic topic, int replicationFactor, Plan plan) {
        SortedMap<String, Value> found = kafka.settings(settings.kafka().topicName(topic));
        wanted(topic, replicationFactor).forEach((setting, wanted) -> {
            Value current = found.getOrDefault(setting, new Value("", false));
            // A correct default of the broker is set too, because it may change.
            if (!current.equals(new Value(wanted, true))) {
                updateSetting(topic, new ConfigRejection.Change(setting, wanted, current.text()), plan);
            }
        });
    }

    private void updateSetting(Topic topic, ConfigRejection.Change setting, Plan plan) {
        String name = settings.kafka().topicName(topic);
        Optional<String> rejection = kafka.rejection(name, setting.name(), setting.wanted());
        if (rejection.isPresent()) {
            plan.note(step(Kind.WARNING, topic, new ConfigRejection(setting, rejection.get()).tolerated(name)));
        } else {
            plan.change(step(Kind.CORRECT, topic, setting.correction()), () -> {
                kafka.set(name, setting.name(), setting.wanted());
                return true;
            });
        }
    }

    private Step step(Kind kind, Topic topic, String detail) {
        return new Step(kind, "topic " + settings.kafka().topicName(topic), detail);
    }

    private static String shape(int partitions, int replicationFactor) {
        return "%d partition%s, replication factor %d"
                .formatted(partitions, partitions == 1 ? "" : "s", replicationFactor);
    }
}
