package io.sluice.api.messages.post;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts the events that are posted and acknowledged, and times the acknowledgement. */
@Startup
@Singleton
public class PostMetrics {

    private static final Duration[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000})
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Counter posted;
    private final Counter acknowledged;
    private final Timer acknowledgement;

    PostMetrics(MeterRegistry registry) {
        posted = Counter.builder("sluice.api.events.posted")
                .description("Events that clients began to post")
                .register(registry);
        acknowledged = Counter.builder("sluice.api.events.acknowledged")
                .description("Events that Kafka has acknowledged")
                .register(registry);
        acknowledgement = Timer.builder("sluice.api.acknowledgement")
                .description("From having read an event to Kafka's acknowledgement")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Counts events that a client began to post. */
    public void posted(int events) {
        posted.increment(events);
    }

    /** Counts an event that is acknowledged, which was read at this {@link System#nanoTime()}. */
    public void acknowledged(long read) {
        acknowledged.increment();
        acknowledgement.record(System.nanoTime() - read, TimeUnit.NANOSECONDS);
    }
}
