package io.sluice.consumer.reading;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.topics.Topics;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lag of the consumer group, as the broker knows it. The client's own metric, {@code records-lag}, is that of its last
 * fetch: it stays at 0 while the intake waits for PostgreSQL and fetches nothing. The readers learn from the broker's answers, too.
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
    private final ScheduledExecutorService poller = NamedThreads.scheduled("lag");

    /** Lag of the partitions that are assigned. Used by the thread that reads messages alone. */
    private final Map<Integer, PartitionLag> assigned = new HashMap<>();

    private final LoggedState<Boolean> failing = new LoggedState<>(false);

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

    private record PartitionLag(AtomicLong records, Gauge gauge) {}

    void start(@Observes StartupEvent event) {
        Gauge.builder("sluice.consumer.lag.timestamp", this, lag -> lag.answeredAt / 1000.0)
                .description("When the broker said for the last time how far the group is behind, or 0")
                .baseUnit("seconds")
                .register(registry);
        var unused = poller.scheduleWithFixedDelay(this::poll, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops before the connector ends the polling threads, which would refuse an answer. */
    void stop(@Observes ShutdownEvent event) {
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
            answered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // A scheduled task that throws is not run again.
            failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private void query(Loop loop) throws InterruptedException, ExecutionException {
        String topic = kafka.topicName(Readers.topicOf(loop));
        int assignments = readers.assignments(loop);
        OffsetSnapshot snapshot = OffsetSnapshot.fetch(topics.connected(), topic, Readers.groupOf(loop, groups));
        readers.apply(loop, snapshot, assignments, partitions -> {
            if (loop == Loop.MESSAGES) {
                publish(snapshot.lag(), partitions);
            }
        });
    }

    /** Shows no partition of another replica: with many of both there would be a million series. */
    private void publish(Map<Integer, Long> lag, Collection<TopicPartition> partitions) {
        Set<Integer> shown = partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        // A recreated topic may have fewer of them.
        shown.retainAll(lag.keySet());
        assigned.entrySet().removeIf(entry -> {
            boolean gone = !shown.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().gauge());
            }
            return gone;
        });
        shown.forEach(partition ->
                assigned.computeIfAbsent(partition, this::register).records().set(lag.getOrDefault(partition, 0L)));
        answeredAt = clock.wallTime();
    }

    private PartitionLag register(int partition) {
        AtomicLong records = new AtomicLong();
        Gauge gauge = Gauge.builder("sluice.consumer.lag.records", records, AtomicLong::doubleValue)
                .description("Records of an assigned partition that the group has not committed")
                .tag("partition", Integer.toString(partition))
                .register(registry);
        return new PartitionLag(records, gauge);
    }

    private void answered() {
        if (failing.changesTo(false)) {
            LogLine.of("lag-known").write(LOG, Level.INFO);
        }
        failures = 0;
    }

    /** Notes a failure; after many a new client is used, because this one may be stuck. */
    private void failed(Throwable reason) {
        if (failing.changesTo(true)) {
            LogLine.of("lag-unknown").with("reason", reason).write(LOG, Level.WARN);
        }
        failures++;
        if (failures % FAILURES_UNTIL_RECONNECT == 0) {
            topics.reconnect();
        }
    }
}
