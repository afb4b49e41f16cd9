package io.sluice.api.topics;

import io.sluice.contract.Topic;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka for the topics, by a client that is made for the question and never makes a topic: questions are few. */
@Singleton
class TopicReader {

    /** Timeout of each of the questions that a report takes; of a request, so that a dead broker leaves time for another one. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

    private static final Duration REQUEST = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final KafkaSettings topics;
    private final KafkaGroupSettings groups;
    private final Clock clock;

    TopicReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            KafkaSettings topics,
            KafkaGroupSettings groups,
            Clock clock) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(CommonClientConfigs.CLIENT_ID_CONFIG, "api-topics");
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        this.topics = topics;
        this.groups = groups;
        this.clock = clock;
    }

    /**
     * Reports the topics that are there.
     *
     * @throws ExecutionException if Kafka refuses or does not answer
     * @throws KafkaException likewise, and if a client cannot be made, as when no address of {@code KAFKA_BOOTSTRAP_SERVERS} can be
     *     resolved
     */
    List<TopicReport> read() throws InterruptedException, ExecutionException {
        Admin admin = Admin.create(kafka);
        try {
            List<TopicReport> reports = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                TopicReport report = read(admin, topics.topicName(topic), groupOf(topic));
                if (report != null) {
                    reports.add(report);
                }
            }
            return reports;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private String groupOf(Topic topic) {
        return switch (topic) {
            case MESSAGES -> groups.id();
            case DEAD_LETTERS -> groups.deadLettersId();
        };
    }

    private @Nullable TopicReport read(Admin admin, String topic, String group)
            throws InterruptedException, ExecutionException {
        try {
            OffsetSnapshot offsets = OffsetSnapshot.fetch(admin, topic, group);
            Duration retention = retention(admin, topic);
            return TopicReport.of(topic, offsets, retention, group, OldestUnread.read(kafka, offsets), clock.instant());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    /** The time that records are kept, or {@code null} if for ever or if this program may not know. */
    private static @Nullable Duration retention(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            long millis =
                    Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
            return millis < 0 ? null : Duration.ofMillis(millis);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return null;
            }
            throw e;
        }
    }
}
