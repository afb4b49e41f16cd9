package io.sluice.api.publishing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.api.logs.LogLine;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for Kafka's acknowledgements, and not for longer than a client does. The producer goes on with an event whose request has
 * been answered, for up to {@code delivery.timeout.ms}.
 *
 * <p>Where events wait and none is acknowledged, Kafka is silent: then only a probe now and then is worth handing over, since
 * whatever else is would only wait, or pile up. The acknowledgement of any event ends that.
 *
 * <p>No request has a timer: a tick looks at those that wait in the order in which they began to.
 */
@Singleton
public class Acknowledgements {

    private static final Logger LOG = Logger.getLogger(Acknowledgements.class.getName());

    /** With the check for conflicts before it and the tick after it, an answer takes less than two seconds. */
    static final Duration PATIENCE = Duration.ofMillis(1500);

    static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

    private static final Duration TICK = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final Queue<Handover> waiting = new ConcurrentLinkedQueue<>();

    /** How many events were handed over, and neither acknowledged nor given up; one count for each producer. */
    private final List<LongAdder> inFlight = new CopyOnWriteArrayList<>();

    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(tick -> new Thread(tick, "acknowledgements"));

    private volatile long lastAcknowledged;

    /** Written by the ticks alone. */
    private volatile boolean silent;

    private volatile long silentSince;

    private final AtomicLong nextProbe = new AtomicLong();

    @Inject
    Acknowledgements(MeterRegistry registry) {
        this(System::nanoTime);
        Gauge.builder("sluice.api.events.in.flight", this, Acknowledgements::inFlight)
                .description("Events that wait for Kafka's acknowledgement")
                .register(registry);
        Gauge.builder("sluice.api.kafka.silent", this, Acknowledgements::silentSeconds)
                .description("For how long events have waited and Kafka has acknowledged none, or 0")
                .baseUnit("seconds")
                .register(registry);
        Future<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    Acknowledgements(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAcknowledged = nanoTime.getAsLong();
    }

    @PreDestroy
    void stop() {
        ticks.shutdownNow();
    }

    /** Whether events wait and Kafka acknowledges none. */
    public boolean isSilent() {
        return silent;
    }

    /** For how long events have waited and Kafka has acknowledged none, or zero. */
    Duration silence() {
        return silent ? Duration.ofNanos(nanoTime.getAsLong() - silentSince) : Duration.ZERO;
    }

    /** A count for the events of another producer. */
    LongAdder newCount() {
        LongAdder count = new LongAdder();
        inFlight.add(count);
        return count;
    }

    /** A producer is gone; one that died has left events that nobody tells about any more. */
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

    /** Whether an event may be handed over now: any, or the next probe where Kafka is silent. */
    boolean admit() {
        if (!silent) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long due = nextProbe.get();
        return now - due >= 0 && nextProbe.compareAndSet(due, now + BETWEEN_PROBES.toNanos());
    }

    /**
     * Begins to wait for the acknowledgement of an event that is about to be handed over.
     *
     * @param inFlight the {@linkplain #newCount() count} of the producer that it is handed to
     * @param waiting is told why the event may not have arrived, or {@code null} when it has; once, on a thread that must go on
     */
    Handover begin(LongAdder inFlight, Consumer<@Nullable Exception> waiting) {
        Handover handover = new Handover(nanoTime.getAsLong(), inFlight, waiting);
        inFlight.increment();
        this.waiting.add(handover);
        return handover;
    }

    /** The producer has not taken the event. */
    void refused(Handover handover) {
        handover.land();
        handover.withdraw();
    }

    /** The producer is done with an event that it took: it is acknowledged, or given up for this reason. */
    void done(Handover handover, @Nullable Exception failure) {
        handover.land();
        if (failure == null) {
            lastAcknowledged = nanoTime.getAsLong();
        }
        handover.tell(failure);
    }

    void tick() {
        long now = nanoTime.getAsLong();
        boolean overdue = tellOverdue(now);
        if (silent) {
            if (lastAcknowledged - silentSince > 0) {
                endSilence(now, "an event was acknowledged");
            } else if (inFlight() == 0) {
                endSilence(now, "no event waits any more");
            }
        } else if (overdue && now - lastAcknowledged >= PATIENCE.toNanos()) {
            beginSilence(now);
        }
    }

    private boolean tellOverdue(long now) {
        boolean overdue = false;
        for (Handover oldest = waiting.peek();
                oldest != null && (oldest.isOver() || now - oldest.begun() >= PATIENCE.toNanos());
                oldest = waiting.peek()) {
            waiting.remove();
            overdue |= oldest.tell(new TimeoutException("not acknowledged within " + PATIENCE.toMillis() + " ms"));
        }
        return overdue;
    }

    private void beginSilence(long now) {
        silentSince = now;
        nextProbe.set(now + BETWEEN_PROBES.toNanos());
        silent = true;
        LogLine.of("kafka-silent").write(LOG, Level.WARN);
    }

    private void endSilence(long now, String reason) {
        silent = false;
        LogLine.of("kafka-silence-ended")
                .with("reason", reason)
                .with("seconds", TimeUnit.NANOSECONDS.toSeconds(now - silentSince))
                .write(LOG, Level.INFO);
    }

    private double silentSeconds() {
        return silence().toNanos() / 1e9;
    }
}
