package io.sluice.consumer.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/** Position in a partition since it was assigned, or since its topic was recreated. */
final class PartitionPosition {

    static final long UNKNOWN = -1;

    private @Nullable OffsetAndMetadata next;
    private long firstDelivered = UNKNOWN;
    private final Deque<Delivery> inFlight = new ArrayDeque<>();
    private @Nullable OffsetAndMetadata pendingCommit;
    private boolean committedKnown;

    /**
     * The records of a batch that are of this partition.
     *
     * @param last the last of them, which identifies the delivery: the connector makes new batches when it loses partitions
     * @param next the offset behind it
     */
    private record Delivery(ConsumerRecord<?, ?> last, OffsetAndMetadata next) {}

    /** The position in a recreated topic, whose committed offset is known not to apply. */
    static PartitionPosition recreated(OffsetAndMetadata beginning) {
        PartitionPosition position = new PartitionPosition();
        position.next = beginning;
        position.committedKnown = true;
        return position;
    }

    /** The offset that is read next, or {@link #UNKNOWN}. */
    long nextOffset() {
        return next == null ? UNKNOWN : next.offset();
    }

    void next(OffsetAndMetadata offset) {
        next = offset;
    }

    /** The offset of the first record that was delivered, or {@link #UNKNOWN}. */
    long firstDelivered() {
        return firstDelivered;
    }

    void begin(long offset) {
        if (firstDelivered == UNKNOWN) {
            firstDelivered = offset;
        }
    }

    void deliver(ConsumerRecord<?, ?> last, OffsetAndMetadata behind) {
        inFlight.add(new Delivery(last, behind));
    }

    boolean isIdle() {
        return inFlight.isEmpty();
    }

    /**
     * Ends a delivery and those before it.
     *
     * @return the offset to commit, or empty if the delivery is from before the assignment
     */
    Optional<OffsetAndMetadata> done(ConsumerRecord<?, ?> last) {
        if (inFlight.stream().noneMatch(delivery -> delivery.last == last)) {
            return Optional.empty();
        }
        Delivery delivery;
        do {
            delivery = inFlight.remove();
        } while (delivery.last != last);
        return Optional.of(inFlight.isEmpty() && next != null ? next : delivery.next);
    }

    /** True if the group's committed offset at the time of the assignment is known. */
    boolean isCommittedKnown() {
        return committedKnown;
    }

    void committedKnown() {
        committedKnown = true;
    }

    /** Takes the offset that is to be committed, if there is one and {@link #isCommittedKnown()}. */
    Optional<OffsetAndMetadata> takeCommit() {
        Optional<OffsetAndMetadata> taken = committedKnown ? Optional.ofNullable(pendingCommit) : Optional.empty();
        taken.ifPresent(unused -> pendingCommit = null);
        return taken;
    }

    void commitLater(OffsetAndMetadata offset) {
        pendingCommit = offset;
    }
}
