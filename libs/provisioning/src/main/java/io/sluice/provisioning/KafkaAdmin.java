package io.sluice.provisioning;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Queries and changes the topics of a cluster. */
final class KafkaAdmin {

    private static final CreateTopicsOptions TRIAL = new CreateTopicsOptions().validateOnly(true);

    private final KafkaConnection kafka;

    KafkaAdmin(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * Partitions and replicas of a topic.
     *
     * @param partitions their number
     * @param replicationFactor the smallest number of replicas of a partition
     */
    record Shape(int partitions, int replicationFactor) {}

    /**
     * The effective value of a setting.
     *
     * @param text empty if the broker does not show it
     * @param ofTopic whether it is set on the topic itself, so that the broker's settings do not affect it
     */
    record Value(String text, boolean ofTopic) {}

    /**
     * True if the topic exists, by the word of the controller: brokers hear of a deletion later, by seconds where the topic had
     * many partitions.
     */
    boolean exists(NewTopic topic) {
        return kafka.call(admin -> {
            try {
                admin.createTopics(List.of(topic), TRIAL).all().get();
                return false;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return true;
                }
                if (e.getCause() instanceof AuthorizationException) {
                    // A user without the right to create gets no other answer from the controller.
                    return admin.listTopics().names().get().contains(topic.name());
                }
                if (ConfigRejection.isCauseOf(e.getCause())) {
                    return false;
                }
                throw e;
            }
        });
    }

    Shape shape(String topic) {
        return kafka.call(admin -> {
            List<TopicPartitionInfo> partitions = describe(admin, topic).partitions();
            int leastReplicas = partitions.stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            return new Shape(partitions.size(), leastReplicas);
        });
    }

    /** Creates a topic; returns false if it exists already. */
    boolean create(NewTopic topic) {
        Optional<Uuid> created = kafka.call(admin -> {
            try {
                return Optional.of(
                        admin.createTopics(List.of(topic)).topicId(topic.name()).get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return Optional.empty();
                }
                throw e;
            }
        });
        awaitLeaders(
                topic.name(),
                found -> created.isEmpty()
                        || (found.topicId().equals(created.get())
                                && found.partitions().size() >= topic.numPartitions()));
        return created.isPresent();
    }

    /** Adds partitions; returns false if the topic has as many already. */
    boolean extend(String topic, int partitions) {
        boolean extended = kafka.call(admin -> {
            try {
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                        .all()
                        .get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InvalidPartitionsException
                        && describe(admin, topic).partitions().size() >= partitions) {
                    return false;
                }
                throw e;
            }
        });
        awaitLeaders(topic, found -> found.partitions().size() >= partitions);
        return extended;
    }

    /** The effective settings of a topic, including the broker's defaults. */
    SortedMap<String, Value> settings(String topic) {
        List<ConfigResource> resource = List.of(resource(topic));
        return kafka.call(admin -> values(
                admin.describeConfigs(resource).all().get().values().iterator().next()));
    }

    /** The effective settings that a topic would have; creates nothing. */
    SortedMap<String, Value> settings(NewTopic topic) {
        return kafka.call(admin -> values(
                admin.createTopics(List.of(topic), TRIAL).config(topic.name()).get()));
    }

    private static SortedMap<String, Value> values(Config config) {
        SortedMap<String, Value> values = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            boolean ofTopic = entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG;
            values.put(entry.name(), new Value(Objects.requireNonNullElse(entry.value(), ""), ofTopic));
        }
        return values;
    }

    /** The message of the broker, or of its policy, if it rejects the topic with its settings; creates nothing. */
    Optional<String> rejection(NewTopic topic) {
        return rejection(admin -> admin.createTopics(List.of(topic), TRIAL).all());
    }

    /** The message of the broker, or of its policy, if it rejects the setting; changes nothing. */
    Optional<String> rejection(String topic, String setting, String value) {
        AlterConfigsOptions trial = new AlterConfigsOptions().validateOnly(true);
        return rejection(admin ->
                admin.incrementalAlterConfigs(to(topic, setting, value), trial).all());
    }

    private Optional<String> rejection(Function<Admin, KafkaFuture<Void>> trial) {
        return kafka.call(admin -> {
            try {
                trial.apply(admin).get();
                return Optional.empty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException || e.getCause() instanceof AuthorizationException) {
                    // The request itself reports this where it matters; a dry run needs no right to change anything.
                    return Optional.empty();
                }
                if (ConfigRejection.isCauseOf(e.getCause())) {
                    return Optional.of(FailureSummary.of(e));
                }
                throw e;
            }
        });
    }

    void set(String topic, String setting, String value) {
        kafka.call(admin ->
                admin.incrementalAlterConfigs(to(topic, setting, value)).all().get());
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> to(String topic, String setting, String value) {
        return Map.of(resource(topic), List.of(new AlterConfigOp(new ConfigEntry(setting, value), OpType.SET)));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /**
     * Waits until the topic can be used. The broker answers earlier, and clients would then be told that the topic does
     * not exist.
     *
     * @param known tells from a broker's description whether it knows of the change
     */
    private void awaitLeaders(String topic, Predicate<TopicDescription> known) {
        kafka.call(admin -> {
            TopicDescription found = describe(admin, topic);
            boolean led = found.partitions().stream()
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
            if (!known.test(found) || !led) {
                throw new LeaderNotAvailableException(
                        "a broker does not know topic %s and the leaders of its partitions yet".formatted(topic));
            }
            return found;
        });
    }

    private TopicDescription describe(Admin admin, String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next();
    }
}
