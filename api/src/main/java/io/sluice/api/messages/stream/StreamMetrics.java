package io.sluice.api.messages.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of live streams; each is registered at start, at zero. */
@Startup
@Singleton
class StreamMetrics {

    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicInteger catchUps = new AtomicInteger();
    private final Counter sent;
    private final Counter gaps;
    private final Counter undecodable;
    private final Map<Closing, Counter> closed = new EnumMap<>(Closing.class);

    StreamMetrics(MeterRegistry registry) {
        Gauge.builder("sluice.api.stream.readers", this, StreamMetrics::open)
                .description("Live streams that are open")
                .register(registry);
        Gauge.builder("sluice.api.stream.catch.ups", this, StreamMetrics::catchingUp)
                .description("Live streams that read what came before, each by a client of Kafka of its own")
                .register(registry);
        sent = Counter.builder("sluice.api.stream.events")
                .description("Events that were sent to live streams")
                .register(registry);
        gaps = Counter.builder("sluice.api.stream.gaps")
                .description("Live streams that were told that records are lost to them")
                .register(registry);
        undecodable = Counter.builder("sluice.api.stream.records.undecodable")
                .description("Records that live streams passed over, because they are no events")
                .register(registry);
        for (Closing why : Closing.values()) {
            closed.put(
                    why,
                    Counter.builder("sluice.api.stream.closed")
                            .description("Live streams that the server has ended")
                            .tag("reason", why.label())
                            .register(registry));
        }
    }

    /** Number of streams that are open. */
    int open() {
        return readers.get();
    }

    /** Number of these that read what came before. */
    int catchingUp() {
        return catchUps.get();
    }

    void began() {
        readers.incrementAndGet();
    }

    void ended() {
        readers.decrementAndGet();
    }

    void catchUpBegan() {
        catchUps.incrementAndGet();
    }

    void catchUpEnded() {
        catchUps.decrementAndGet();
    }

    void sent() {
        sent.increment();
    }

    void gap() {
        gaps.increment();
    }

    void undecodable() {
        undecodable.increment();
    }

    void closed(Closing why) {
        Objects.requireNonNull(closed.get(why)).increment();
    }
}
