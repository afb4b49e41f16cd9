package io.sluice.consumer.outbox;

import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.FailureSummary;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Aggregates whose oldest event Kafka refuses for what it is: their events wait, and it is tried again from time to time, while those of
 * all others are published. Not kept anywhere: another relay finds out for itself.
 */
final class HeldAggregates {

    /** Most that are held; with more, it is not the events that are at fault. */
    static final int MAX_HELD = 1_000;

    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private final Map<String, Hold> held = new HashMap<>();

    /** None at first; the clock is one as {@link System#nanoTime()}. */
    HeldAggregates(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    private record Hold(int failures, long until, String reason) {}

    /** Holds the aggregate of an event that was refused; it returns how often that one was. */
    int hold(OutboxRow refused, Exception reason) {
        Hold before = held.get(refused.aggregate());
        int failures = before == null ? 1 : before.failures + 1;
        long until = nanoTime.getAsLong() + backoff.after(failures).toNanos();
        held.put(refused.aggregate(), new Hold(failures, until, FailureSummary.of(reason)));
        return failures;
    }

    /** Aggregates that are not to be tried now. */
    List<String> waiting() {
        long now = nanoTime.getAsLong();
        return held.entrySet().stream()
                .filter(hold -> hold.getValue().until - now > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Releases the aggregates of which an event was acknowledged after all. */
    void releaseAll(List<OutboxRow> rows, List<Long> acknowledged) {
        if (!held.isEmpty()) {
            Set<Long> seqs = Set.copyOf(acknowledged);
            rows.stream()
                    .filter(row -> seqs.contains(row.seq()))
                    .map(OutboxRow::aggregate)
                    .forEach(held::remove);
        }
    }

    /**
     * Releases those whose events are somebody else's matter: another relay has published them, or an operator has taken them away.
     *
     * @param waiting those that were not looked for
     * @param next the events that were found of all others; whatever is released too early is held again at its next refusal
     */
    void releaseGone(Collection<String> waiting, List<OutboxRow> next) {
        if (!held.isEmpty()) {
            Set<String> there = next.stream().map(OutboxRow::aggregate).collect(Collectors.toCollection(HashSet::new));
            there.addAll(waiting);
            held.keySet().retainAll(there);
        }
    }

    boolean isFull() {
        return held.size() >= MAX_HELD;
    }

    /** Number of held aggregates, with the reason of one of them; empty if there are none. */
    Optional<String> summary() {
        return held.values().stream().findAny().map(hold -> "%d held, whose next event Kafka refuses: %s"
                .formatted(held.size(), hold.reason));
    }
}
