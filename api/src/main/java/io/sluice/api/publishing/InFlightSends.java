package io.sluice.api.publishing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.runtime.threads.NamedThreads;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Events that were handed to the producer and are not acknowledged yet. A request waits for the acknowledgement no longer than
 * {@link #ACKNOWLEDGEMENT_TIMEOUT}; the producer goes on with its event for up to {@code delivery.timeout.ms}.
 *
 * <p>No request has a timer: a tick looks at those that wait in the order in which they began to.
 */
@Singleton
public class InFlightSends {

    /** Longest wait of a request for Kafka. With the check for conflicts before it and the tick after it, an answer takes less than 2 s. */
    static final Duration ACKNOWLEDGEMENT_TIMEOUT = Duration.ofMillis(1500);

    private static final Duration TICK = Duration.ofMillis(100);

    private final KafkaCircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private final Queue<PendingSend> waiting = new ConcurrentLinkedQueue<>();

    /** Events that were handed over, and neither acknowledged nor given up; one count for each producer. */
    private final List<LongAdder> inFlight = new CopyOnWriteArrayList<>();

    private final ScheduledExecutorService ticks = NamedThreads.scheduled("acknowledgements");

    @Inject
    InFlightSends(KafkaCircuitBreaker breaker, MeterRegistry registry) {
        this(breaker, System::nanoTime);
        Gauge.builder("sluice.api.events.in.flight", this, InFlightSends::inFlight)
                .description("Events that wait for Kafka's acknowledgement")
                .register(registry);
        Future<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    InFlightSends(KafkaCircuitBreaker breaker, LongSupplier nanoTime) {
        this.breaker = breaker;
        this.nanoTime = nanoTime;
    }

    @PreDestroy
    void stop() {
        ticks.shutdownNow();
    }

    /** A count for the events of another producer. */
    LongAdder newCount() {
        LongAdder count = new LongAdder();
        inFlight.add(count);
        return count;
    }

    /** Drops the count of a producer that is gone; one that died has left events that nobody tells about any more. */
    void forget(LongAdder count) {
        inFlight.removeIf(one -> one == count);
    }

    private long inFlight() {
        long sum = 0;
        for (LongAdder count : inFlight) {
            sum += count.sum();
        }
        return sum;
    }

    /**
     * Begins to wait for the acknowledgement of an event that is about to be handed over.
     *
     * @param inFlight the {@linkplain #newCount() count} of the producer that it is handed to
     * @param callback gets why the event may not have arrived, or {@code null} when it has; once, on a thread that must go on
     */
    PendingSend begin(LongAdder inFlight, Consumer<@Nullable Exception> callback) {
        PendingSend pending = beginPatiently(inFlight, callback);
        waiting.add(pending);
        return pending;
    }

    /** The same, for an event that waits for as long as the producer tries to deliver it. */
    PendingSend beginPatiently(LongAdder inFlight, Consumer<@Nullable Exception> callback) {
        PendingSend pending = new PendingSend(nanoTime.getAsLong(), inFlight, callback);
        inFlight.increment();
        return pending;
    }

    /** Ends the wait for an event that the producer has not taken. */
    void refused(PendingSend pending) {
        pending.land();
        pending.withdraw();
    }

    /** Ends the wait for an event that the producer took: it is acknowledged, or given up for this reason. */
    void done(PendingSend pending, @Nullable Exception failure) {
        pending.land();
        if (failure == null) {
            breaker.acknowledged();
        }
        pending.complete(failure);
    }

    void tick() {
        long now = nanoTime.getAsLong();
        breaker.update(now, timeOut(now), inFlight());
    }

    /** Completes those that have waited long enough; returns whether there were any. */
    private boolean timeOut(long now) {
        boolean overdue = false;
        for (PendingSend oldest = waiting.peek();
                oldest != null && (oldest.isOver() || now - oldest.begun() >= ACKNOWLEDGEMENT_TIMEOUT.toNanos());
                oldest = waiting.peek()) {
            waiting.remove();
            overdue |= oldest.complete(
                    new TimeoutException("not acknowledged within " + ACKNOWLEDGEMENT_TIMEOUT.toMillis() + " ms"));
        }
        return overdue;
    }
}
