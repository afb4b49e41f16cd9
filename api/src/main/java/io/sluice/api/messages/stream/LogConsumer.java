package io.sluice.api.messages.stream;

import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of the topic from a position on, without a group, and what is committed alone. It follows the topic: partitions
 * that are added are read from their beginning, and where records are gone, or the topic is another one, it says so and goes on. For
 * one thread.
 */
final class LogConsumer implements AutoCloseable {

    /** Time that a position which Kafka does not have is left for the topic to be seen as another one. */
    private static final Duration OUT_OF_RANGE = Duration.ofSeconds(3);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte @Nullable []> consumer;
    private final Topics topics;
    private final String topic;
    private final StreamMetrics metrics;

    /** The position; partitions that were not read yet are behind those that are assigned. */
    private final StreamPosition position;

    private int assigned;
    private @Nullable Long outOfRangeSince;

    /** Receiver of what is read. */
    interface Sink {
        /** An event. */
        void arrived(int partition, long offset, Event event);

        /** A partition is read up to this offset. */
        void reached(int partition, long offset);

        /** Records are lost, and it goes on at a position. */
        void lost(Gap gap, StreamPosition behind);
    }

    /**
     * Begins at a position.
     *
     * @param consumer is closed with this
     * @param position is copied
     */
    LogConsumer(
            KafkaConsumer<byte[], byte @Nullable []> consumer,
            Topics topics,
            String topic,
            StreamPosition position,
            StreamMetrics metrics) {
        this.consumer = consumer;
        this.topics = topics;
        this.topic = topic;
        this.position = position.copy();
        this.metrics = metrics;
    }

    /**
     * Reads on, and waits for records at most so long.
     *
     * @throws KafkaException if Kafka refuses, or the client has failed; another one may go on
     */
    void read(Duration wait, Sink sink) {
        follow(sink);
        try {
            ConsumerRecords<byte[], byte @Nullable []> records = consumer.poll(wait);
            for (ConsumerRecord<byte[], byte @Nullable []> record : records) {
                take(record, sink);
            }
            records.nextOffsets().forEach((partition, next) -> {
                position.advance(partition.partition(), next.offset());
                sink.reached(partition.partition(), next.offset());
            });
            if (!records.isEmpty()) {
                outOfRangeSince = null;
            }
        } catch (OffsetOutOfRangeException e) {
            goOnBehind(e.offsetOutOfRangePartitions(), sink);
        }
    }

    private void take(ConsumerRecord<byte[], byte @Nullable []> record, Sink sink) {
        position.advance(record.partition(), record.offset() + 1);
        try {
            sink.arrived(record.partition(), record.offset(), EventCodec.decode(record));
        } catch (UndecodableRecordException e) {
            // The consumer keeps it as a dead letter.
            metrics.undecodable();
        }
    }

    /** Takes up partitions that are new, and the topic if it is another one. */
    private void follow(Sink sink) {
        Topics.Current current = topics.current();
        if (current == null) {
            if (assigned == 0) {
                assign(position.partitions());
            }
            return;
        }
        if (!current.id().equals(position.topicId())) {
            Gap gap = Gap.ofReplacedTopic(position);
            position.become(new StreamPosition(current.id(), new long[current.partitions()]));
            assigned = 0;
            assign(current.partitions());
            sink.lost(gap, position.copy());
        } else if (current.partitions() > assigned) {
            assign(current.partitions());
        }
    }

    private void assign(int count) {
        consumer.assign(TopicLog.partitions(topic, 0, count));
        TopicLog.partitions(topic, assigned, count)
                .forEach(partition -> consumer.seek(partition, position.next(partition.partition())));
        assigned = count;
    }

    /** A topic that was made anew ends before the position, mostly: that it is another one is known a moment later. */
    private void goOnBehind(Map<TopicPartition, Long> missing, Sink sink) {
        long now = System.nanoTime();
        if (outOfRangeSince == null) {
            outOfRangeSince = now;
        }
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(missing.keySet());
        boolean deleted = missing.entrySet().stream()
                .allMatch(entry -> entry.getValue() < begins.getOrDefault(entry.getKey(), 0L));
        if (!deleted && now - outOfRangeSince < OUT_OF_RANGE.toNanos()) {
            pause();
            return;
        }
        outOfRangeSince = null;
        Map<TopicPartition, Long> ends = deleted ? begins : consumer.endOffsets(missing.keySet());
        List<Gap.Lost> lost = new ArrayList<>();
        missing.forEach((partition, from) -> {
            long to = Math.max(begins.getOrDefault(partition, 0L), Math.min(from, ends.getOrDefault(partition, from)));
            long next = from < begins.getOrDefault(partition, 0L) ? begins.getOrDefault(partition, 0L) : to;
            consumer.seek(partition, next);
            position.set(partition.partition(), next);
            lost.add(new Gap.Lost(partition.partition(), from, next > from ? next : null));
        });
        sink.lost(new Gap(deleted ? Gap.RECORDS_DELETED : Gap.TOPIC_TRUNCATED, lost), position.copy());
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // Without a group there is nothing to hand over, and Kafka may be away.
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
