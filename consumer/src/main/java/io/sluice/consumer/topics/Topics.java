package io.sluice.consumer.topics;

import io.sluice.contract.Topic;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Queries the broker's topics. Only the admin client can do so without creating them. */
@Singleton
public class Topics {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Map<Topic, String> names = new EnumMap<>(Topic.class);
    private @Nullable Admin admin;

    /** Creates the client at the first query, with these properties of Kafka's clients. */
    public Topics(@Identifier("default-kafka-broker") Map<String, Object> kafka, KafkaSettings settings) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-consumer-admin");
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        Stream.of(Topic.values()).forEach(topic -> names.put(topic, settings.topicName(topic)));
    }

    /** The client. Another thread may close it. */
    public synchronized Admin connected() {
        if (admin == null) {
            admin = Admin.create(kafka);
        }
        return admin;
    }

    /**
     * The topics' ids, which change when a topic is recreated.
     *
     * @return fails if the broker does not answer, or if a topic does not exist
     */
    public CompletionStage<Map<Topic, UUID>> ids() {
        try {
            return connected()
                    .describeTopics(names.values())
                    .allTopicNames()
                    .toCompletionStage()
                    .thenApply(this::ids)
                    .exceptionallyCompose(e -> CompletableFuture.failedFuture(named(e)));
        } catch (KafkaException e) {
            // Creating the client fails while no name of a bootstrap server can be resolved.
            return CompletableFuture.failedFuture(e);
        }
    }

    private Throwable named(Throwable e) {
        return e instanceof UnknownTopicOrPartitionException || e.getCause() instanceof UnknownTopicOrPartitionException
                ? new UnknownTopicOrPartitionException(
                        "of the topics %s not all exist; run init-job".formatted(String.join(", ", names.values())))
                : e;
    }

    /**
     * The id of a topic; waits for the broker's answer.
     *
     * @throws CompletionException if the broker does not answer, or if a topic does not exist
     */
    public UUID awaitId(Topic topic) {
        return Objects.requireNonNull(ids().toCompletableFuture().join().get(topic));
    }

    private Map<Topic, UUID> ids(Map<String, TopicDescription> described) {
        Map<Topic, UUID> ids = new EnumMap<>(Topic.class);
        names.forEach((topic, name) -> {
            Uuid id = Objects.requireNonNull(described.get(name)).topicId();
            ids.put(topic, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
        });
        return ids;
    }

    /** Uses a new client for the next query. */
    public synchronized void reconnect() {
        close();
        admin = null;
    }

    /** Closes the client. */
    @PreDestroy
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
