package io.sluice.testkit;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;

/**
 * Creates topics that a test does not provision, and waits until the broker knows them: the controller answers earlier, and
 * the broker may still take requests for a topic of the same name that is deleted.
 */
public final class TestTopics {

    private TestTopics() {}

    /**
     * Creates a topic.
     *
     * @throws ExecutionException if Kafka rejects it
     */
    public static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        Uuid id = admin.createTopics(List.of(topic)).topicId(topic.name()).get();
        Await.await().until(() -> isKnown(admin, id));
    }

    /**
     * Deletes a topic, and creates it with the same name.
     *
     * @throws ExecutionException if Kafka rejects one of the two
     */
    public static void recreate(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic.name())).all().get();
        create(admin, topic);
    }

    private static boolean isKnown(Admin admin, Uuid id) throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(TopicCollection.ofTopicIds(List.of(id))).allTopicIds().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .noneMatch(partition ->
                            partition.leader() == null || partition.leader().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicIdException) {
                return false;
            }
            throw e;
        }
    }
}
