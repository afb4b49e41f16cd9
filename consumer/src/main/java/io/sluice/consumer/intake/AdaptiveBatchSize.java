package io.sluice.consumer.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many events are stored at once. As many as come, until so many have failed after a time that is worth remembering, as at
 * the end of {@code statement_timeout}: then half as many, for a minute, and twice as many again with each success.
 */
@Singleton
class AdaptiveBatchSize {

    /** What fails sooner is found again by halving, at no cost worth a memory. */
    private static final Duration COSTLY = Duration.ofSeconds(1);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final LongSupplier nanoTime;
    private int limit = NO_LIMIT;
    private long limitedAt;

    @Inject
    AdaptiveBatchSize() {
        this(System::nanoTime);
    }

    /** With a clock of its own, as {@link System#nanoTime()}. */
    AdaptiveBatchSize(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Divides events into portions, in their order. */
    <T> List<List<T>> split(List<T> events) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < events.size(); from += Math.min(limit, events.size() - from)) {
            batches.add(events.subList(from, from + Math.min(limit, events.size() - from)));
        }
        return batches;
    }

    /** So many could not be stored at once, and it took this long to find that out. */
    void failed(int size, Duration took) {
        if (size == 1) {
            // Then it was not their number.
            limit = NO_LIMIT;
        } else if (took.compareTo(COSTLY) >= 0) {
            limit = size / 2;
            limitedAt = nanoTime.getAsLong();
        }
    }

    /** As many as are allowed, or fewer, were stored at once. */
    void stored() {
        if (limit != NO_LIMIT && nanoTime.getAsLong() - limitedAt > REMEMBERED.toNanos()) {
            limit = limit > NO_LIMIT / 2 ? NO_LIMIT : 2 * limit;
        }
    }
}
