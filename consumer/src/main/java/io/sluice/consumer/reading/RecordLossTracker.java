package io.sluice.consumer.reading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaSettings;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Counts records that topics deleted before this program had read them. They are lost, so they are logged as errors and
 * shown by health.
 */
@Startup
@Singleton
public class RecordLossTracker {

    private static final Logger LOG = Logger.getLogger(RecordLossTracker.class.getName());

    private final Map<String, Counter> counters = new HashMap<>();

    /** Number of records by partition; guarded by this. */
    private final Map<String, Long> lost = new TreeMap<>();

    RecordLossTracker(MeterRegistry registry, KafkaSettings settings) {
        for (Topic topic : Topic.values()) {
            counters.put(
                    settings.topicName(topic),
                    Counter.builder("sluice.consumer.records.lost")
                            .description("Records that the topic deleted before they were read")
                            .tag("topic", topic.name(""))
                            .register(registry));
        }
    }

    /** The records lost since start, or empty if there are none. */
    public synchronized Optional<String> summary() {
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(lost.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "records were deleted before they were read, of ", "")));
    }

    synchronized void add(TopicPartition partition, long from, long to) {
        LogLine.of("records-lost")
                .with("topic", partition.topic())
                .with("partition", partition.partition())
                .with("offset", from)
                .with("count", to - from)
                .write(LOG, Level.ERROR);
        lost.merge(partition.toString(), to - from, Long::sum);
        Counter counter = counters.get(partition.topic());
        if (counter != null) {
            counter.increment((double) (to - from));
        }
    }
}
