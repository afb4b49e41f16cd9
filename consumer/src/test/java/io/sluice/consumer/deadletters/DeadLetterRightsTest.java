package io.sluice.consumer.deadletters;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.consumer.topics.Topics;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Topic;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.SecureServers;
import io.sluice.testkit.TestTopics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** A refusal at the very first request, which is fatal for an idempotent producer, is none for the program. */
class DeadLetterRightsTest {

    private final DeadLetter letter = new DeadLetter(
            new ConsumerRecord<>(Topic.MESSAGES.name(""), 0, 1, new byte[0], new byte[0]),
            null,
            DeadLetterReason.UNDECODABLE,
            "it is not an event");

    @Test
    void aProducerThatWasRefusedOnceDeliversWhenItMay() throws Exception {
        try (SecureServers servers = SecureServers.start();
                Admin admin = servers.admin()) {
            // Given
            servers.setPassword("consumer", "secret");
            for (Topic topic : Topic.values()) {
                TestTopics.create(admin, new NewTopic(topic.name(""), 1, (short) 1));
                grant(admin, topic, AclOperation.DESCRIBE);
            }
            KafkaSettings settings =
                    Environment.read(servers.environment("consumer", "secret")::get, KafkaSettings::new);
            Map<String, Object> kafka = Map.copyOf(settings.clientProperties());
            Topics topics = new Topics(kafka, settings);
            DeadLetterPublisher publisher = new DeadLetterPublisher(kafka, topics, settings);
            try {
                await().untilAsserted(() -> assertThatThrownBy(() -> publisher.publish(List.of(letter)))
                        .hasRootCauseInstanceOf(AuthorizationException.class));

                // When
                grant(admin, Topic.DEAD_LETTERS, AclOperation.WRITE);

                // Then
                await().ignoreExceptions().until(() -> {
                    publisher.publish(List.of(letter));
                    return true;
                });
            } finally {
                topics.close();
            }
        }
    }

    private static void grant(Admin admin, Topic topic, AclOperation operation)
            throws InterruptedException, ExecutionException {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic.name(""), PatternType.LITERAL),
                        new AccessControlEntry("User:consumer", "*", operation, AclPermissionType.ALLOW))))
                .all()
                .get();
    }
}
