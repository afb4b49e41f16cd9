package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Retry.Attempt;
import io.sluice.settings.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Kafka's admin client, asked patiently and one thing at a time. */
final class KafkaAdmin implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_GREETING = Duration.ofSeconds(1);

    private static final CreateTopicsOptions TRIAL = new CreateTopicsOptions().validateOnly(true);

    private final Admin admin;
    private final Retry retry;
    private final String name;

    private KafkaAdmin(Admin admin, Retry retry, String name) {
        this.admin = admin;
        this.retry = retry;
        this.name = name;
    }

    /**
     * What a topic is made of.
     *
     * @param partitions how many there are
     * @param replicationFactor how many brokers keep each record, at the least
     */
    record Shape(int partitions, int replicationFactor) {}

    /**
     * The value of a setting that holds for a topic.
     *
     * @param text empty where the broker does not show it
     * @param ofTopic whether it is set on the topic itself, and so does not change with the broker's settings
     */
    record Value(String text, boolean ofTopic) {}

    /** Waits until Kafka answers. */
    static KafkaAdmin connect(Settings settings, Retry retry) {
        String name = "Kafka at " + settings.kafkaBootstrapServers();
        Map<String, Object> client = client(settings);
        Admin connected = retry.await(Component.KAFKA, name, () -> greet(client, retry.left()));
        return new KafkaAdmin(connected, retry, name);
    }

    private static Map<String, Object> client(Settings settings) {
        Map<String, Object> client = new HashMap<>(settings.kafkaClientProperties());
        client.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-provisioning");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        return client;
    }

    /** A new client each time, because a client resolves the servers' names only when it is made. */
    private static Admin greet(Map<String, Object> client, Duration left)
            throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(client);
        boolean answered = false;
        try {
            int timeout =
                    (int) between(SHORTEST_GREETING, left, LONGEST_GREETING).toMillis();
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout))
                    .nodes()
                    .get();
            answered = true;
            return admin;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                // The client's own words are about its inner calls.
                throw new TimeoutException("no broker answers");
            }
            throw e;
        } finally {
            if (!answered) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }

    Set<String> topicNames() {
        return ask(() -> admin.listTopics().names().get());
    }

    Shape shape(String topic) {
        return ask(() -> {
            List<TopicPartitionInfo> partitions = describe(topic).partitions();
            int leastReplicas = partitions.stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            return new Shape(partitions.size(), leastReplicas);
        });
    }

    /** Returns false if the topic is there already. */
    boolean create(NewTopic topic) {
        boolean created = ask(() -> {
            try {
                admin.createTopics(List.of(topic)).all().get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return false;
                }
                throw e;
            }
        });
        awaitLeaders(topic.name(), created ? topic.numPartitions() : 1);
        return created;
    }

    /** Returns false if the topic has as many partitions already. */
    boolean extend(String topic, int partitions) {
        boolean extended = ask(() -> {
            try {
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                        .all()
                        .get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InvalidPartitionsException
                        && describe(topic).partitions().size() >= partitions) {
                    return false;
                }
                throw e;
            }
        });
        awaitLeaders(topic, partitions);
        return extended;
    }

    /** The settings that hold for the topic, the broker's defaults among them. */
    SortedMap<String, Value> settings(String topic) {
        List<ConfigResource> resource = List.of(resource(topic));
        return ask(() -> values(
                admin.describeConfigs(resource).all().get().values().iterator().next()));
    }

    /** The settings that would hold for a topic if it were made. */
    SortedMap<String, Value> settings(NewTopic topic) {
        return ask(() -> values(
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

    /** The broker's own words if it, or a policy of it, is against the topic and its settings; nothing is made. */
    Optional<String> rejection(NewTopic topic) {
        return rejection(() -> admin.createTopics(List.of(topic), TRIAL).all());
    }

    /** The broker's own words if it, or a policy of it, is against the setting; nothing is changed. */
    Optional<String> rejection(String topic, String setting, String value) {
        AlterConfigsOptions trial = new AlterConfigsOptions().validateOnly(true);
        return rejection(() ->
                admin.incrementalAlterConfigs(to(topic, setting, value), trial).all());
    }

    private Optional<String> rejection(Supplier<KafkaFuture<Void>> trial) {
        return ask(() -> {
            try {
                trial.get().get();
                return Optional.empty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException || e.getCause() instanceof AuthorizationException) {
                    // The request itself says so where it matters; a dry run needs no right to change anything.
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
        ask(() -> admin.incrementalAlterConfigs(to(topic, setting, value)).all().get());
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> to(String topic, String setting, String value) {
        return Map.of(resource(topic), List.of(new AlterConfigOp(new ConfigEntry(setting, value), OpType.SET)));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** The broker answers before the topic can be used: until then clients would be told that it does not exist. */
    private void awaitLeaders(String topic, int partitions) {
        ask(() -> {
            List<TopicPartitionInfo> found = describe(topic).partitions();
            long led = found.stream()
                    .filter(partition ->
                            partition.leader() != null && !partition.leader().isEmpty())
                    .count();
            if (found.size() < partitions || led < found.size()) {
                throw new LeaderNotAvailableException(
                        "%d of the %d partitions of topic %s have a leader".formatted(led, partitions, topic));
            }
            return found;
        });
    }

    private TopicDescription describe(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next();
    }

    private <T> T ask(Attempt<T> question) {
        return retry.await(Component.KAFKA, name, question);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
