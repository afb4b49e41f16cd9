package io.sluice.consumer.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Maximum number of events in a transaction. Unlimited until a batch fails after a second or more, as at the end of
 * {@code statement_timeout}; then half of that batch for a minute, and doubled with each success after that.
 */
@Singleton
class AdaptiveBatchSize {

    /** Duration of a failure from which the size is limited; bisecting after a faster failure costs little. */
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

    /** A batch size with another clock, as {@link System#nanoTime()}. */
    AdaptiveBatchSize(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Divides events into batches of the allowed size, in their order. */
    synchronized <T> List<List<T>> split(List<T> events) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < events.size(); from += Math.min(limit, events.size() - from)) {
            batches.add(events.subList(from, from + Math.min(limit, events.size() - from)));
        }
        return batches;
    }

    /**
     * Records the failure of a batch.
     *
     * @param size number of its events
     * @param took duration until it failed
     */
    synchronized void failed(int size, Duration took) {
        if (size == 1) {
            // The number of events was not the cause.
            limit = NO_LIMIT;
        } else if (took.compareTo(COSTLY) >= 0) {
            limit = size / 2;
            limitedAt = nanoTime.getAsLong();
        }
    }

    /** Records that a batch of the allowed size was stored. */
    synchronized void stored() {
        if (limit != NO_LIMIT && nanoTime.getAsLong() - limitedAt > REMEMBERED.toNanos()) {
            limit = limit > NO_LIMIT / 2 ? NO_LIMIT : 2 * limit;
        }
    }
}
