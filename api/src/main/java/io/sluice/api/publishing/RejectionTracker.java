package io.sluice.api.publishing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the events that Kafka rejects, and keeps the last reason for as long as it is likely to go on. */
@Singleton
public class RejectionTracker {

    /** Time for which a rejection is shown that no event proves to be over. */
    private static final Duration TOLD = Duration.ofMinutes(1);

    private final Map<Rejection, Counter> counters = new EnumMap<>(Rejection.class);
    private volatile @Nullable Latest latest;

    /**
     * The last rejection.
     *
     * @param lasting whether an event that is acknowledged proves nothing about others
     */
    private record Latest(String said, boolean lasting, long nanoTime) {}

    RejectionTracker(MeterRegistry registry) {
        for (Rejection rejection : Rejection.values()) {
            counters.put(
                    rejection,
                    Counter.builder("sluice.api.events.refused")
                            .description("Events that Kafka refused for a reason that somebody has to mend")
                            .tag("reason", rejection.code())
                            .register(registry));
        }
    }

    void refused(Rejection rejection) {
        Objects.requireNonNull(counters.get(rejection)).increment();
        latest = new Latest(
                "Kafka refuses events: " + rejection.remedy(), rejection.dependsOnEvent(), System.nanoTime());
    }

    /** The producer has failed for good. */
    void failed(String reason) {
        latest = new Latest("the client of Kafka fails: " + reason, false, System.nanoTime());
    }

    /** An event was acknowledged: what would have kept any of them out is over. */
    void acknowledged() {
        Latest told = latest;
        if (told != null && !told.lasting()) {
            latest = null;
        }
    }

    /** The reason why events are not taken, for people; within a minute of the last one. */
    public Optional<String> current() {
        Latest told = latest;
        return told == null || System.nanoTime() - told.nanoTime() > TOLD.toNanos()
                ? Optional.empty()
                : Optional.of(told.said());
    }
}
