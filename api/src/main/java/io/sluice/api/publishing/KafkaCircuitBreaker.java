package io.sluice.api.publishing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.runtime.logs.LogLine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Circuit breaker before Kafka. It is open while events wait and none is acknowledged: then only a probe now and then is worth handing
 * over, since whatever else is would only wait, or pile up. The acknowledgement of any event closes it.
 */
@Singleton
public class KafkaCircuitBreaker {

    private static final Logger LOG = Logger.getLogger(KafkaCircuitBreaker.class.getName());

    static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    private final LongSupplier nanoTime;
    private final AtomicLong nextProbe = new AtomicLong();
    private volatile long lastAcknowledged;

    /** Written by {@link #update} alone. */
    private volatile boolean open;

    private volatile long openSince;

    @Inject
    KafkaCircuitBreaker(MeterRegistry registry) {
        this(System::nanoTime);
        Gauge.builder(
                        "sluice.api.kafka.silent",
                        this,
                        breaker -> breaker.openFor().toNanos() / 1e9)
                .description("For how long events have waited and Kafka has acknowledged none, or 0")
                .baseUnit("seconds")
                .register(registry);
    }

    KafkaCircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAcknowledged = nanoTime.getAsLong();
    }

    /** True while events wait and Kafka acknowledges none. */
    public boolean isOpen() {
        return open;
    }

    /** The time for which it has been open, or zero. */
    Duration openFor() {
        return open ? Duration.ofNanos(nanoTime.getAsLong() - openSince) : Duration.ZERO;
    }

    /** True if an event may be handed over now: any, or the next probe while it is open. */
    boolean admit() {
        if (!open) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long due = nextProbe.get();
        return now - due >= 0 && nextProbe.compareAndSet(due, now + PROBE_INTERVAL.toNanos());
    }

    /** Takes note that an event was acknowledged. */
    void acknowledged() {
        lastAcknowledged = nanoTime.getAsLong();
    }

    /**
     * Opens or closes it.
     *
     * @param overdue whether an event has just waited for {@link InFlightSends#ACKNOWLEDGEMENT_TIMEOUT}
     * @param inFlight how many events the producers still have
     */
    void update(long now, boolean overdue, long inFlight) {
        if (open) {
            if (lastAcknowledged - openSince > 0) {
                close(now, "an event was acknowledged");
            } else if (inFlight == 0) {
                close(now, "no event waits any more");
            }
        } else if (overdue && now - lastAcknowledged >= InFlightSends.ACKNOWLEDGEMENT_TIMEOUT.toNanos()) {
            open(now);
        }
    }

    private void open(long now) {
        openSince = now;
        nextProbe.set(now + PROBE_INTERVAL.toNanos());
        open = true;
        LogLine.of("kafka-silent").write(LOG, Level.WARN);
    }

    private void close(long now, String reason) {
        open = false;
        LogLine.of("kafka-silence-ended")
                .with("reason", reason)
                .with("seconds", TimeUnit.NANOSECONDS.toSeconds(now - openSince))
                .write(LOG, Level.INFO);
    }
}
