package io.sluice.consumer.reading;

import io.sluice.runtime.logs.LogLine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** The client to which partitions are assigned, once some are; what it commits has the id of the topic. For the polling thread. */
final class AssignedConsumer {

    private static final Logger LOG = Logger.getLogger(AssignedConsumer.class.getName());

    private @Nullable Consumer<?, ?> client;
    private String topicId = "";

    /** True once partitions were assigned. */
    boolean isKnown() {
        return client != null;
    }

    /** Partitions are assigned to this client from now on. */
    void become(Consumer<?, ?> assignedTo) {
        client = assignedTo;
    }

    /** The partitions that are assigned. */
    Collection<TopicPartition> assignment() {
        return client == null ? List.of() : client.assignment();
    }

    /** True if another topic was read before than that of this id. */
    boolean isOfAnotherTopic(String id) {
        return !topicId.isEmpty() && !topicId.equals(id);
    }

    /** The topic of this id is read from now on. */
    void readsTopic(String id) {
        topicId = id;
    }

    /** Commits offsets, in one request; a failure is no matter. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> marked = new HashMap<>(offsets);
        marked.replaceAll((partition, offset) -> new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), topicId));
        connected().commitAsync(marked, (unused, failure) -> {
            if (failure != null) {
                // Committed with the next batch, or the records are read again.
                LogLine.of("commit-failed").because(failure).write(LOG, Level.DEBUG);
            }
        });
    }

    /** The next offset, if it is known without a request, or {@link PartitionPosition#UNKNOWN}. */
    long position(TopicPartition partition) {
        try {
            return connected().position(partition, Duration.ZERO);
        } catch (TimeoutException notKnown) {
            return PartitionPosition.UNKNOWN;
        }
    }

    /** Goes to an offset. */
    void seek(TopicPartition partition, OffsetAndMetadata to) {
        connected().seek(partition, to);
    }

    private Consumer<?, ?> connected() {
        if (client == null) {
            throw new IllegalStateException("no partition was assigned");
        }
        return client;
    }
}
