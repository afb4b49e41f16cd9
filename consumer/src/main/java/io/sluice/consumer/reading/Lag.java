package io.sluice.consumer.reading;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.topics.Topics;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lag of the consumer group, as the broker knows it. The client's own metric, {@code records-lag}, is that of its last
 * fetch: it stays at 0 while the intake waits for PostgreSQL and fetches nothing, and disappears for unassigned
 * partitions. The readers learn from the broker's answers, too.
 */
@ApplicationScoped
class Lag {

    private static final Logger LOG = Logger.getLogger(Lag.class.getName());

    private static final Duration QUERY_INTERVAL = Duration.ofSeconds(5);

    /** Delay after an assignment of partitions, of which nothing is committed before the broker was asked. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private static final int FAILURES_UNTIL_RECONNECT = 12;

    private final Topics topics;
    private final MeterRegistry registry;
    private final Clock clock;
    private final KafkaSettings kafka;
    private final KafkaGroupSettings groups;
    private final Readers readers;
    private final ScheduledExecutorService poller =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "lag"));

    /** Lag by partition. Used by the polling thread alone. */
    private final Map<Integer, AtomicLong> records = new HashMap<>();

    /** Consecutive failures. Used by the polling thread alone. */
    private int failures;

    /** Time of the last request and number of assignments before it. Used by the polling thread alone. */
    private @Nullable Long queriedAt;

    private int assignmentsBefore;

    private volatile long answeredAt;

    Lag(Topics topics, Readers readers, MeterRegistry registry, KafkaSettings kafka, KafkaGroupSettings groups) {
        this.topics = topics;
        this.registry = registry;
        this.clock = registry.config().clock();
        this.kafka = kafka;
        this.groups = groups;
        this.readers = readers;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("sluice.consumer.lag.timestamp", this, lag -> lag.answeredAt / 1000.0)
                .description("When the broker said for the last time how far the group is behind, or 0")
                .baseUnit("seconds")
                .register(registry);
        var unused = poller.scheduleWithFixedDelay(this::poll, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        poller.shutdownNow();
    }

    private void poll() {
        int assignments =
                Stream.of(Loop.values()).mapToInt(readers::assignments).sum();
        boolean due = queriedAt == null || System.nanoTime() - queriedAt > QUERY_INTERVAL.toNanos();
        if (due || assignments != assignmentsBefore) {
            assignmentsBefore = assignments;
            query();
            queriedAt = System.nanoTime();
        }
    }

    private void query() {
        try {
            for (Loop loop : Loop.values()) {
                query(loop);
            }
            logState(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // A scheduled task that throws is not run again.
            logState(e.getCause() == null ? e : e.getCause());
        }
    }

    private void query(Loop loop) throws InterruptedException, ExecutionException {
        String topic = kafka.topicName(Readers.topicOf(loop));
        int assignments = readers.assignments(loop);
        OffsetSnapshot snapshot = OffsetSnapshot.fetch(topics.connected(), topic, Readers.groupOf(loop, groups));
        if (loop == Loop.MESSAGES) {
            publish(snapshot.lag());
        }
        readers.apply(loop, snapshot, assignments);
    }

    private void publish(Map<Integer, Long> lag) {
        // Partitions that a recreated topic does not have any more have no lag.
        records.forEach((partition, gauge) -> gauge.set(lag.getOrDefault(partition, 0L)));
        lag.forEach((partition, count) -> gauge(partition).set(count));
        answeredAt = clock.wallTime();
    }

    private AtomicLong gauge(int partition) {
        return records.computeIfAbsent(partition, unused -> {
            AtomicLong lag = new AtomicLong();
            Gauge.builder("sluice.consumer.lag.records", lag, AtomicLong::doubleValue)
                    .description("Records of a partition that the group has not committed")
                    .tag("partition", Integer.toString(partition))
                    .register(registry);
            return lag;
        });
    }

    /** Logs when failures begin and end. After many failures a new client is used, because this one may be stuck. */
    private void logState(@Nullable Throwable failure) {
        if (failure == null) {
            if (failures > 0) {
                LogLine.of("lag-known").write(LOG, Level.INFO);
            }
            failures = 0;
            return;
        }
        if (failures == 0) {
            LogLine.of("lag-unknown").with("reason", failure).write(LOG, Level.WARN);
        }
        failures++;
        if (failures % FAILURES_UNTIL_RECONNECT == 0) {
            topics.reconnect();
        }
    }
}
