package io.sluice.consumer.reading;

import io.sluice.consumer.progress.Loop;
import io.sluice.contract.Topic;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** The readers of both channels, connected to the connector's clients. */
@ApplicationScoped
@Default
@Identifier(Readers.NAME) public class Readers implements ClientCustomizer<Map<String, Object>>, KafkaConsumerRebalanceListener {

    /** Name in application.properties. */
    static final String NAME = "readers";

    /**
     * Delay of a commit, which is for all that is done meanwhile: a request for each of the small batches in which single events come would cost the
     * broker as much as their records.
     */
    private static final Duration COMMIT_DELAY = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Readers.class.getName());

    private final KafkaSettings kafka;
    private final Instance<KafkaClientService> clients;
    private final Map<Loop, Reader> readers = new EnumMap<>(Loop.class);

    Readers(KafkaSettings kafka, Instance<KafkaClientService> clients, RecordLossTracker losses) {
        this.kafka = kafka;
        this.clients = clients;
        for (Loop loop : Loop.values()) {
            readers.put(loop, new Reader(losses, () -> commitSoon(loop)));
        }
    }

    /** Commits the offsets of a batch that is processed, a little later, with those of others. */
    public void done(Loop loop, ConsumerRecords<?, ?> batch) {
        onPollingThread(loop, reader -> reader.done(batch));
    }

    private void commitSoon(Loop loop) {
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(COMMIT_DELAY)
                .subscribe()
                .with(unused -> onPollingThread(loop, Reader::commit));
    }

    int assignments(Loop loop) {
        return reader(loop).assignments();
    }

    /** Applies the broker's answer, and then tells the partitions that are assigned. Both on the polling thread. */
    void apply(
            Loop loop,
            OffsetSnapshot snapshot,
            int asked,
            java.util.function.Consumer<Collection<TopicPartition>> assigned) {
        onPollingThread(loop, reader -> {
            reader.apply(snapshot, asked);
            assigned.accept(reader.assignment());
        });
    }

    /** The topic of a loop. */
    static Topic topicOf(Loop loop) {
        return switch (loop) {
            case MESSAGES -> Topic.MESSAGES;
            case PROJECTION -> Topic.DEAD_LETTERS;
        };
    }

    /** The consumer group of a loop, as in the connector's configuration. */
    static String groupOf(Loop loop, KafkaGroupSettings groups) {
        return switch (loop) {
            case MESSAGES -> groups.id();
            case PROJECTION -> groups.deadLettersId();
        };
    }

    private void onPollingThread(Loop loop, java.util.function.Consumer<Reader> action) {
        KafkaConsumer<?, ?> client = clients.get().getConsumer(loop.channel());
        if (client != null) {
            client.runOnPollingThread(unused -> {
                        action.accept(reader(loop));
                    })
                    .subscribe()
                    .with(unused -> {}, failure -> LogLine.of("reader-failed")
                            .with("loop", loop.channel())
                            .because(failure)
                            .write(LOG, Level.WARN));
        }
    }

    private Reader reader(Loop loop) {
        return Objects.requireNonNull(readers.get(loop));
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> config) {
        for (Loop loop : Loop.values()) {
            if (channel.equals(loop.channel())) {
                config.put(Reader.CONFIG, reader(loop));
                config.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ReaderInterceptor.class.getName());
            }
        }
        return config;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        withReader(partitions, reader -> reader.assigned(consumer, partitions));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        withReader(partitions, reader -> reader.revoked(partitions));
    }

    private void withReader(Collection<TopicPartition> partitions, java.util.function.Consumer<Reader> action) {
        for (Loop loop : Loop.values()) {
            String topic = kafka.topicName(topicOf(loop));
            if (partitions.stream().anyMatch(partition -> partition.topic().equals(topic))) {
                action.accept(reader(loop));
            }
        }
    }
}
