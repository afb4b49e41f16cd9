package io.sluice.consumer.topics;

import io.sluice.contract.Topic;
import io.sluice.settings.Settings;
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

/** Asks the broker about the topics. The admin client is the one that can ask without creating what it asks for. */
@Singleton
public class Topics {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Map<Topic, String> names = new EnumMap<>(Topic.class);
    private @Nullable Admin admin;

    /** Asks with these properties of Kafka's clients, when it is first asked itself. */
    public Topics(@Identifier("default-kafka-broker") Map<String, Object> kafka, Settings settings) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-consumer-admin");
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        Stream.of(Topic.values()).forEach(topic -> names.put(topic, settings.topicName(topic)));
    }

    /** The client that asks. Whoever has it may find it closed. */
    public synchronized Admin connected() {
        if (admin == null) {
            admin = Admin.create(kafka);
        }
        return admin;
    }

    /**
     * The topics' own ids, which change when a topic is deleted and made again.
     *
     * @return fails if the broker cannot be asked, or if any topic does not exist
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
            // The client cannot be made while no name of a bootstrap server can be resolved.
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
     * @throws CompletionException if the broker cannot be asked, or if any topic does not exist
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

    /** Has the next question asked by a new client. */
    public synchronized void reconnect() {
        close();
        admin = null;
    }

    /** Ends the client. */
    @PreDestroy
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
