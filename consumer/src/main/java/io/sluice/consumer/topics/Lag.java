package io.sluice.consumer.topics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.consumer.logs.LogLine;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far the group is behind, as the broker knows it. The client's own metric, {@code records-lag}, says what its last fetch
 * said: it stays at 0 while the intake waits for PostgreSQL and fetches nothing, however many records come meanwhile, and it is
 * gone for partitions that nobody has.
 */
@ApplicationScoped
class Lag {

    private static final Logger LOG = Logger.getLogger(Lag.class.getName());

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    private final Topics topics;
    private final MeterRegistry registry;
    private final Clock clock;
    private final String topic;
    private final String group;
    private final ScheduledExecutorService questions =
            Executors.newSingleThreadScheduledExecutor(question -> new Thread(question, "lag"));

    /** Records by partition. Used by the questions' thread alone. */
    private final Map<Integer, AtomicLong> records = new HashMap<>();

    /** Used by the questions' thread alone. */
    private boolean failing;

    private volatile long answered;

    Lag(Topics topics, MeterRegistry registry, Settings settings) {
        this.topics = topics;
        this.registry = registry;
        this.clock = registry.config().clock();
        this.topic = settings.topicName(Topic.MESSAGES);
        this.group = settings.kafkaGroupId();
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("sluice.consumer.lag.timestamp", this, lag -> lag.answered / 1000.0)
                .description("When the broker said for the last time how far the group is behind, or 0")
                .baseUnit("seconds")
                .register(registry);
        var unused =
                questions.scheduleWithFixedDelay(this::ask, 0, BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        questions.shutdownNow();
    }

    private void ask() {
        try {
            answer().forEach((partition, lag) -> gauge(partition).set(lag));
            answered = clock.wallTime();
            tell(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // Whatever it was, it is asked again: a scheduled task that throws is not.
            tell(e.getCause() == null ? e : e.getCause());
        }
    }

    private Map<Integer, Long> answer() throws InterruptedException, ExecutionException {
        Admin admin = topics.connected();
        List<TopicPartition> partitions = partitions(admin);
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        ListOffsetsResult first = offsets(admin, partitions, OffsetSpec.earliest());
        ListOffsetsResult end = offsets(admin, partitions, OffsetSpec.latest());
        Map<Integer, Long> lag = new HashMap<>();
        for (TopicPartition partition : partitions) {
            // A group that has committed nothing begins with the first record.
            OffsetAndMetadata next = committed.get(partition);
            long from = Math.max(
                    next == null ? 0 : next.offset(),
                    first.partitionResult(partition).get().offset());
            lag.put(
                    partition.partition(),
                    Math.max(0, end.partitionResult(partition).get().offset() - from));
        }
        return lag;
    }

    private List<TopicPartition> partitions(Admin admin) throws InterruptedException, ExecutionException {
        Map<String, TopicDescription> described =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        return Objects.requireNonNull(described.get(topic)).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static ListOffsetsResult offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), unused -> which)));
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

    /** A line when it begins and one when it ends. */
    private void tell(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LogLine.of("lag-unknown").with("reason", failure).write(LOG, Level.WARN);
        } else if (failure == null && failing) {
            LogLine.of("lag-known").write(LOG, Level.INFO);
        }
        failing = failure != null;
    }
}
