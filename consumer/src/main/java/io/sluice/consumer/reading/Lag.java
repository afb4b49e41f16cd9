package io.sluice.consumer.reading;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.topics.Topics;
import io.sluice.settings.Settings;
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
 * How far the group is behind, as the broker knows it. The client's own metric, {@code records-lag}, says what its last fetch
 * said: it stays at 0 while the intake waits for PostgreSQL and fetches nothing, however many records come meanwhile, and it is
 * gone for partitions that nobody has. What the broker answers is told to the readers as well.
 */
@ApplicationScoped
class Lag {

    private static final Logger LOG = Logger.getLogger(Lag.class.getName());

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    /** How soon after partitions were assigned: nothing of them is committed before. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final int FAILURES_OF_A_CLIENT = 12;

    private final Topics topics;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Settings settings;
    private final Readers readers;
    private final ScheduledExecutorService questions =
            Executors.newSingleThreadScheduledExecutor(question -> new Thread(question, "lag"));

    /** Records by partition. Used by the questions' thread alone. */
    private final Map<Integer, AtomicLong> records = new HashMap<>();

    /** Used by the questions' thread alone. */
    private int failures;

    /** When it was asked for the last time, and after how many assignments. Used by the questions' thread alone. */
    private @Nullable Long askedAt;

    private int askedAfter;

    private volatile long answered;

    Lag(Topics topics, Readers readers, MeterRegistry registry, Settings settings) {
        this.topics = topics;
        this.registry = registry;
        this.clock = registry.config().clock();
        this.settings = settings;
        this.readers = readers;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("sluice.consumer.lag.timestamp", this, lag -> lag.answered / 1000.0)
                .description("When the broker said for the last time how far the group is behind, or 0")
                .baseUnit("seconds")
                .register(registry);
        var unused = questions.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        questions.shutdownNow();
    }

    private void look() {
        int assignments =
                Stream.of(Loop.values()).mapToInt(readers::assignments).sum();
        boolean due = askedAt == null || System.nanoTime() - askedAt > BETWEEN_QUESTIONS.toNanos();
        if (due || assignments != askedAfter) {
            askedAfter = assignments;
            ask();
            askedAt = System.nanoTime();
        }
    }

    private void ask() {
        try {
            for (Loop loop : Loop.values()) {
                ask(loop);
            }
            logState(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // Whatever it was, it is asked again: a scheduled task that throws is not.
            logState(e.getCause() == null ? e : e.getCause());
        }
    }

    private void ask(Loop loop) throws InterruptedException, ExecutionException {
        String topic = settings.topicName(Readers.topicOf(loop));
        int assignments = readers.assignments(loop);
        OffsetSnapshot snapshot = OffsetSnapshot.fetch(topics.connected(), topic, Readers.groupOf(loop, settings));
        if (loop == Loop.MESSAGES) {
            show(snapshot.lag());
        }
        readers.learn(loop, snapshot, assignments);
    }

    private void show(Map<Integer, Long> lag) {
        // Those of a topic that was made anew with fewer have nothing to wait for.
        records.forEach((partition, gauge) -> gauge.set(lag.getOrDefault(partition, 0L)));
        lag.forEach((partition, count) -> gauge(partition).set(count));
        answered = clock.wallTime();
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

    /** A line when it begins and one when it ends. What fails for long is asked by a new client: this one may be stuck. */
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
        if (failures % FAILURES_OF_A_CLIENT == 0) {
            topics.reconnect();
        }
    }
}
