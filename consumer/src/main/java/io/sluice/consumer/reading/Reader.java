package io.sluice.consumer.reading;

import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.runtime.logs.LogLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the position of one channel in its topic. Offsets are committed with the topic's id as metadata, so that
 * offsets of a deleted topic do not apply to a new topic of the same name: that one is read from its first record, by
 * any consumer. Nothing of a partition is committed until the group's offset at the time of the assignment is known.
 *
 * <p>Used by the polling thread alone, except for {@link #assignments()}.
 */
final class Reader {

    /** Key of the reader in the client's configuration. */
    static final String CONFIG = "sluice.reader";

    /** The beginning of a recreated topic. */
    private static final OffsetAndMetadata BEGINNING = new OffsetAndMetadata(0);

    private static final Logger LOG = Logger.getLogger(Reader.class.getName());

    private final SkippedOffsets skipped;
    private final Map<TopicPartition, PartitionPosition> positions = new HashMap<>();
    private final AssignedConsumer consumer = new AssignedConsumer();
    private final PollLimit limit = new PollLimit();
    private final AtomicInteger assignments = new AtomicInteger();
    private final Runnable commitSoon;

    /** True while {@link #commit} is to come. */
    private boolean committing;

    /**
     * Not assigned anything yet.
     *
     * @param commitSoon has {@link #commit} called a little later, on the polling thread
     */
    Reader(RecordLossTracker losses, Runnable commitSoon) {
        this.skipped = new SkippedOffsets(losses);
        this.commitSoon = commitSoon;
    }

    /** Number of assignments of partitions; see {@link #apply}. */
    int assignments() {
        return assignments.get();
    }

    /** The partitions that are assigned. */
    Collection<TopicPartition> assignment() {
        return consumer.assignment();
    }

    /** Begins with newly assigned partitions. */
    void assigned(Consumer<?, ?> assignedTo, Collection<TopicPartition> partitions) {
        consumer.become(assignedTo);
        assignments.incrementAndGet();
        partitions.forEach(partition -> positions.put(partition, new PartitionPosition()));
        skipped.forget(partitions);
    }

    /** Commits what is done before others read these partitions, or the client closes; a batch that is under way is read again. */
    void revoked(Collection<TopicPartition> partitions) {
        commit();
        positions.keySet().removeAll(partitions);
    }

    /** The bound on the bytes of a poll, for the client's deserializers. */
    PollLimit limit() {
        return limit;
    }

    /** Delivers the records within the limit, and has the others read again. */
    ConsumerRecords<byte[], byte @Nullable []> received(ConsumerRecords<byte[], byte @Nullable []> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte @Nullable []>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte @Nullable []>> all = records.records(partition);
            int count = limit.countAccepted(all);
            if (count < all.size()) {
                OffsetAndMetadata left = new OffsetAndMetadata(all.get(count).offset());
                consumer.seek(partition, left);
                next.put(partition, left);
            }
            if (count > 0) {
                kept.put(partition, all.subList(0, count));
                begin(partition, all.get(0).offset());
            }
        }
        limit.reset();
        advance(next, kept);
        return new ConsumerRecords<>(kept, next);
    }

    /** Is done with offsets behind which nothing was delivered: of a transaction marker, or of records of an aborted transaction. */
    private void advance(
            Map<TopicPartition, OffsetAndMetadata> next,
            Map<TopicPartition, ? extends List<? extends ConsumerRecord<?, ?>>> delivered) {
        next.forEach((partition, offset) -> {
            PartitionPosition position = positionIn(partition);
            position.next(offset);
            List<? extends ConsumerRecord<?, ?>> records = delivered.get(partition);
            if (records != null) {
                position.deliver(records.get(records.size() - 1), offset);
            } else if (position.isIdle()) {
                commitLater(position, offset);
            }
        });
    }

    private void begin(TopicPartition partition, long first) {
        PartitionPosition position = positionIn(partition);
        if (position.nextOffset() != PartitionPosition.UNKNOWN && first > position.nextOffset()) {
            skipped.add(partition, position.nextOffset(), first);
        }
        position.begin(first);
    }

    private PartitionPosition positionIn(TopicPartition partition) {
        return positions.computeIfAbsent(partition, unused -> new PartitionPosition());
    }

    /** Is done with a batch, unless its partition was reassigned or its topic recreated meanwhile. */
    void done(ConsumerRecords<?, ?> batch) {
        for (TopicPartition partition : batch.partitions()) {
            List<? extends ConsumerRecord<?, ?>> records = batch.records(partition);
            PartitionPosition position = positions.get(partition);
            if (position != null) {
                position.done(records.get(records.size() - 1)).ifPresent(offset -> commitLater(position, offset));
            }
        }
    }

    private void commitLater(PartitionPosition position, OffsetAndMetadata offset) {
        position.commitLater(offset);
        if (!committing) {
            committing = true;
            commitSoon.run();
        }
    }

    /** Commits, in one request, what was done since the last time; of partitions whose committed offset is not known yet, later. */
    void commit() {
        committing = false;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach(
                (partition, position) -> position.takeCommit().ifPresent(offset -> offsets.put(partition, offset)));
        if (!offsets.isEmpty()) {
            consumer.commit(offsets);
        }
    }

    /**
     * Applies the broker's answer: returns to the beginning of a recreated topic, and finds records that were deleted
     * before they were read.
     *
     * @param asked {@link #assignments()} before the request; partitions assigned since then wait for the next answer
     */
    void apply(OffsetSnapshot snapshot, int asked) {
        if (!consumer.isKnown()) {
            return;
        }
        if (consumer.isOfAnotherTopic(snapshot.topicId())) {
            consumer.assignment().forEach(this::rewind);
            skipped.forgetAll();
        }
        consumer.readsTopic(snapshot.topicId());
        for (TopicPartition partition : consumer.assignment()) {
            Long first = snapshot.first().get(partition);
            PartitionPosition position = positionIn(partition);
            if (first != null && (position.isCommittedKnown() || asked == assignments.get())) {
                apply(partition, position, snapshot, first);
            }
        }
        commit();
        skipped.settle(snapshot.first());
    }

    private void apply(TopicPartition partition, PartitionPosition position, OffsetSnapshot snapshot, long first) {
        if (position.isCommittedKnown()) {
            skipped.count(partition, position, position.nextOffset(), consumer.position(partition), first);
            return;
        }
        Optional<OffsetAndMetadata> committed =
                Optional.ofNullable(snapshot.committed().get(partition));
        if (committed.filter(snapshot::isOfAnotherTopic).isPresent()) {
            rewind(partition);
            return;
        }
        position.committedKnown();
        // A group without a committed offset has missed nothing: it begins with the first record.
        committed.ifPresent(offset -> {
            if (position.nextOffset() == PartitionPosition.UNKNOWN) {
                position.next(offset);
            }
            long reached = position.firstDelivered() == PartitionPosition.UNKNOWN
                    ? consumer.position(partition)
                    : position.firstDelivered();
            skipped.count(partition, position, offset.offset(), reached, first);
        });
    }

    private void rewind(TopicPartition partition) {
        LogLine.of("topic-made-anew")
                .with("topic", partition.topic())
                .with("partition", partition.partition())
                .write(LOG, Level.WARN);
        consumer.seek(partition, BEGINNING);
        positions.put(partition, PartitionPosition.recreated(BEGINNING));
    }
}
