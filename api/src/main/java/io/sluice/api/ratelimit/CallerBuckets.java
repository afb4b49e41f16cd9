package io.sluice.api.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket for each caller of late. It holds what a caller may ask for in a second, and is filled evenly: whoever keeps to the
 * limit on average over a second never meets it.
 */
final class CallerBuckets {

    static final Duration WINDOW = Duration.ofSeconds(1);

    /** Some 200 bytes each. Only who has a valid token has one, and who is forgotten for others' sake begins with a full one. */
    private static final int MAX_CALLERS = 50_000;

    /** Much longer than it takes to fill one again, after which it is as good as a new one. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final LoadingCache<String, Bucket> buckets;

    /**
     * Makes them.
     *
     * @param perSecond how many requests of one caller, at least 1
     */
    CallerBuckets(int perSecond, TimeMeter time) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build(caller -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, WINDOW))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** Takes a token of the caller's, if there is one, and says how many there still are and how long it takes until there is one. */
    ConsumptionProbe take(String caller) {
        return buckets.get(caller).tryConsumeAndReturnRemaining(1);
    }
}
