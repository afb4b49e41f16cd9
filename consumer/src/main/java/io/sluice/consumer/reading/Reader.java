package io.sluice.consumer.reading;

import io.sluice.consumer.logs.LogLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
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
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One channel's way through its topic. Offsets are committed with the topic's id beside them, so that those of a topic that was
 * deleted are none of the one that has its name now: that one is read from its first record on, by whoever has the partition then.
 * Of a partition nothing is committed before the broker has said where the group was when it was assigned.
 *
 * <p>Used by the thread that polls alone, but for {@link #assignments()}.
 */
final class Reader {

    /** The name under which the client's configuration has it. */
    static final String CONFIG = "sluice.reader";

    /**
     * What the records of a poll may take together: twice what is fetched at most, so that records which are not compressed are never
     * left. Three polls are in memory at once, one under way and two that wait.
     */
    static final long MAX_BYTES = 16 << 20;

    private static final long NOWHERE = -1;

    /** Where a topic begins that was made anew. */
    private static final OffsetAndMetadata BEGINNING = new OffsetAndMetadata(0);

    private static final Logger LOG = Logger.getLogger(Reader.class.getName());

    private final RecordLossTracker losses;
    private final Map<TopicPartition, Place> places = new HashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable Consumer<?, ?> consumer;
    private String topicId = "";
    private long bytes;
    private int taken;
    private boolean full;
    private final AtomicInteger assignments = new AtomicInteger();

    Reader(RecordLossTracker losses) {
        this.losses = losses;
    }

    /** How far a partition is read, since it was assigned or was begun anew. */
    private static final class Place {

        /** What is read next, as far as anything is known. */
        private @Nullable OffsetAndMetadata next;

        /** The first record that was handed on. */
        private long begun = NOWHERE;

        /** What was handed on and is not done with, in order. */
        private final Deque<Part> underWay = new ArrayDeque<>();

        /** What is to be committed when it is known where the group was. */
        private @Nullable OffsetAndMetadata done;

        /** Whether the broker has said where the group was. */
        private boolean known;

        long nextOffset() {
            return next == null ? NOWHERE : next.offset();
        }
    }

    /**
     * A partition's part of a batch.
     *
     * @param last its last record, by which it is known: the connector makes batches anew when it loses partitions
     * @param next what is read behind it
     */
    private record Part(ConsumerRecord<?, ?> last, OffsetAndMetadata next) {}

    /** Offsets that no record came from: of transactions' markers, of records that were removed, or of nothing. */
    private record Gap(TopicPartition partition, long from, long to) {}

    /** How often partitions were assigned; see {@link #learn}. */
    int assignments() {
        return assignments.get();
    }

    /** Begins with partitions that others have had before. */
    void assigned(Consumer<?, ?> assignedTo, Collection<TopicPartition> partitions) {
        consumer = assignedTo;
        assignments.incrementAndGet();
        partitions.forEach(partition -> places.put(partition, new Place()));
        gaps.removeIf(gap -> partitions.contains(gap.partition));
    }

    boolean takesKey(long size) {
        full |= bytes > MAX_BYTES;
        bytes += size;
        return !full;
    }

    /** The first record is taken however large it is, or nothing behind it would ever be read. */
    boolean takesRecord(long size) {
        full |= taken > 0 && bytes + size > MAX_BYTES;
        if (!full) {
            bytes += size;
            taken++;
        }
        return !full;
    }

    /** Hands on what was taken, and has the rest read again. */
    ConsumerRecords<byte[], byte @Nullable []> received(ConsumerRecords<byte[], byte @Nullable []> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte @Nullable []>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte @Nullable []>> all = records.records(partition);
            int count = full ? countOfTaken(all) : all.size();
            if (count < all.size()) {
                OffsetAndMetadata left = new OffsetAndMetadata(all.get(count).offset());
                connected().seek(partition, left);
                next.put(partition, left);
            }
            if (count > 0) {
                kept.put(partition, all.subList(0, count));
                begin(partition, all.get(0).offset());
            }
        }
        bytes = 0;
        taken = 0;
        full = false;
        next.forEach((partition, offset) -> advance(partition, offset, kept.get(partition)));
        return new ConsumerRecords<>(kept, next);
    }

    private void advance(
            TopicPartition partition, OffsetAndMetadata next, @Nullable List<? extends ConsumerRecord<?, ?>> records) {
        Place place = places.computeIfAbsent(partition, unused -> new Place());
        place.next = next;
        if (records != null) {
            place.underWay.add(new Part(records.get(records.size() - 1), next));
        } else if (place.underWay.isEmpty()) {
            // No record, but a transaction's marker, or what it has broken off.
            commit(partition, place, next);
        }
    }

    private static int countOfTaken(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        int count = 0;
        while (count < records.size()
                && records.get(count).key() != BoundedDeserializer.LEFT
                && records.get(count).value() != BoundedDeserializer.LEFT) {
            count++;
        }
        return count;
    }

    private void begin(TopicPartition partition, long first) {
        Place place = places.computeIfAbsent(partition, unused -> new Place());
        if (place.next != null && first > place.nextOffset()) {
            gaps.add(new Gap(partition, place.nextOffset(), first));
        }
        if (place.begun == NOWHERE) {
            place.begun = first;
        }
    }

    /** A batch is done with: its offsets are committed, unless its partition was assigned or begun anew meanwhile. */
    void done(ConsumerRecords<?, ?> batch) {
        for (TopicPartition partition : batch.partitions()) {
            List<? extends ConsumerRecord<?, ?>> records = batch.records(partition);
            ConsumerRecord<?, ?> last = records.get(records.size() - 1);
            Place place = places.get(partition);
            if (place != null && place.underWay.stream().anyMatch(part -> part.last == last)) {
                Part part;
                do {
                    part = place.underWay.remove();
                } while (part.last != last);
                commit(partition, place, place.underWay.isEmpty() && place.next != null ? place.next : part.next);
            }
        }
    }

    private void commit(TopicPartition partition, Place place, OffsetAndMetadata offset) {
        if (!place.known) {
            place.done = offset;
            return;
        }
        OffsetAndMetadata marked = new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), topicId);
        connected().commitAsync(Map.of(partition, marked), (unused, failure) -> {
            if (failure != null) {
                // It comes again with the next batch, or the records do.
                LogLine.of("commit-failed").because(failure).write(LOG, Level.DEBUG);
            }
        });
    }

    /**
     * Takes in what the broker says: goes back to the beginning of a topic that was made anew, and finds what was deleted before it
     * was read.
     *
     * @param asked {@link #assignments()} before the broker was asked; what was assigned since then waits for the next answer
     */
    void learn(OffsetSnapshot snapshot, int asked) {
        if (consumer == null) {
            return;
        }
        if (!topicId.isEmpty() && !topicId.equals(snapshot.topicId())) {
            consumer.assignment().forEach(this::rewind);
            gaps.clear();
        }
        topicId = snapshot.topicId();
        for (TopicPartition partition : consumer.assignment()) {
            Long first = snapshot.first().get(partition);
            Place place = places.computeIfAbsent(partition, unused -> new Place());
            if (first != null && (place.known || asked == assignments.get())) {
                learn(partition, place, snapshot, first);
            }
        }
        gaps.forEach(gap -> {
            Long first = snapshot.first().get(gap.partition);
            if (first != null && first > gap.from) {
                losses.add(gap.partition, gap.from, Math.min(first, gap.to));
            }
        });
        gaps.clear();
    }

    private void learn(TopicPartition partition, Place place, OffsetSnapshot snapshot, long first) {
        if (place.known) {
            lose(partition, place, place.nextOffset(), position(partition), first);
            return;
        }
        Optional<OffsetAndMetadata> committed =
                Optional.ofNullable(snapshot.committed().get(partition));
        if (committed.filter(snapshot::isOfAnotherTopic).isPresent()) {
            rewind(partition);
            return;
        }
        place.known = true;
        // A group that has committed nothing has missed nothing: it begins with the first record.
        committed.ifPresent(offset -> {
            if (place.next == null) {
                place.next = offset;
            }
            long reached = place.begun == NOWHERE ? position(partition) : place.begun;
            lose(partition, place, offset.offset(), reached, first);
        });
        if (place.done != null) {
            commit(partition, place, place.done);
        }
    }

    /** Only what the client has passed by is lost: what it has fetched is handed on, although the topic has deleted it. */
    private void lose(TopicPartition partition, Place place, long from, long reached, long first) {
        if (from != NOWHERE && reached > from && first > from) {
            losses.add(partition, from, Math.min(first, reached));
            if (place.nextOffset() < reached) {
                place.next = new OffsetAndMetadata(reached);
            }
        }
    }

    /** What the client hands on next, as far as it knows without asking. */
    private long position(TopicPartition partition) {
        try {
            return connected().position(partition, Duration.ZERO);
        } catch (TimeoutException notKnown) {
            return NOWHERE;
        }
    }

    private void rewind(TopicPartition partition) {
        LogLine.of("topic-made-anew")
                .with("topic", partition.topic())
                .with("partition", partition.partition())
                .write(LOG, Level.WARN);
        connected().seek(partition, BEGINNING);
        Place place = new Place();
        place.next = BEGINNING;
        place.known = true;
        places.put(partition, place);
    }

    private Consumer<?, ?> connected() {
        if (consumer == null) {
            throw new IllegalStateException("no partition was assigned");
        }
        return consumer;
    }
}
