package io.sluice.api.publishing;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own choice of a partition, in one topic alone: a topic of the same name that was made anew has another id (KIP-516), and
 * gets nothing. This is the one place where a producer shows which topic it would send to.
 */
public final class SameTopicPartitioner implements Partitioner {

    /** The key of the configuration that has the {@link Uuid} of the topic. */
    static final String TOPIC_ID = "sluice.topic.id";

    /** The key of a record that only asks for the topic, and is never sent. */
    static final byte[] QUESTION = {};

    private Uuid topicId = Uuid.ZERO_UUID;

    /** The answer to a {@link #QUESTION}. */
    static final class Answer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean same;

        Answer(boolean same) {
            super(same ? "the topic is the same" : "the topic was made anew", null, false, false);
            this.same = same;
        }

        /** True if the topic is the one that this was made for. */
        boolean isSame() {
            return same;
        }
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        topicId = configuration.get(TOPIC_ID) instanceof Uuid given ? given : Uuid.ZERO_UUID;
    }

    /**
     * Chooses by the key, as every client of Kafka does.
     *
     * @throws Answer if the topic is another one, or where a {@link #QUESTION} was asked
     */
    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (!cluster.topicId(topic).equals(topicId)) {
            throw new Answer(false);
        }
        if (key == QUESTION) {
            throw new Answer(true);
        }
        int partitions = cluster.partitionCountForTopic(topic);
        return keyBytes == null
                ? ThreadLocalRandom.current().nextInt(partitions)
                : BuiltInPartitioner.partitionForKey(keyBytes, partitions);
    }

    @Override
    public void close() {}
}
