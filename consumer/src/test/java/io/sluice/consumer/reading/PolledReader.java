package io.sluice.consumer.reading;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.kafka.OffsetSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A consumer of a topic with its reader, polled by a test as the connector does; the topic's first partition is what is looked at. */
final class PolledReader implements AutoCloseable {

    private final String topic;
    private final Admin admin;
    private final Reader reader;
    private final KafkaConsumer<byte[], byte @Nullable []> consumer;

    /** True once the reader has something to commit, which the next poll does. */
    private boolean commitDue;

    /** Subscribes, as the only member of a group of the topic's name. */
    PolledReader(String bootstrapServers, String topic, Admin admin, RecordLossTracker losses) {
        this.topic = topic;
        this.admin = admin;
        reader = new Reader(losses, () -> commitDue = true);
        consumer = new KafkaConsumer<>(Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, topic),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1000),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BoundedDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BoundedDeserializer.class),
                Map.entry(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ReaderInterceptor.class.getName()),
                Map.entry(Reader.CONFIG, reader)));
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                reader.revoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                reader.assigned(consumer, partitions);
            }
        });
    }

    ConsumerRecords<byte[], byte @Nullable []> poll() {
        if (commitDue) {
            commitDue = false;
            reader.commit();
        }
        return consumer.poll(Duration.ofMillis(500));
    }

    ConsumerRecords<byte[], byte @Nullable []> awaitRecords() {
        return await().until(this::poll, records -> !records.isEmpty());
    }

    /** Until nothing is on its way to it either. */
    void pause() {
        consumer.pause(consumer.assignment());
        // Each is as long as the broker holds an answer back.
        poll();
        poll();
    }

    void resume() {
        consumer.resume(consumer.assignment());
    }

    /** Polls without records. */
    void awaitAssignment() {
        await().until(() -> {
            poll();
            return !consumer.assignment().isEmpty();
        });
    }

    /** Ends the batch, which the next poll commits. */
    void finish(ConsumerRecords<byte[], byte @Nullable []> records) {
        reader.done(records);
    }

    /** Gives up its partitions, without another poll. */
    void leave() {
        consumer.unsubscribe();
        commitDue = false;
    }

    /** True if the next poll commits something. */
    boolean isCommitDue() {
        return commitDue;
    }

    OffsetSnapshot snapshot() throws InterruptedException, ExecutionException {
        return OffsetSnapshot.fetch(admin, topic, topic);
    }

    /** Fetches the offsets, as the program does periodically and after assignments. */
    void apply() throws InterruptedException, ExecutionException {
        int assignments = reader.assignments();
        reader.apply(snapshot(), assignments);
    }

    void awaitCommitted(long offset) {
        await().untilAsserted(() -> {
            poll();
            assertThat(committed()).isEqualTo(offset);
        });
    }

    /** The committed offset of the group, or -1. */
    long committed() throws InterruptedException, ExecutionException {
        OffsetAndMetadata committed = snapshot().committed().get(new TopicPartition(topic, 0));
        return committed == null ? -1 : committed.offset();
    }

    /** Number of requests to commit offsets that were answered. */
    int commits() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("commit-total"))
                .mapToInt(metric -> ((Number) metric.getValue().metricValue()).intValue())
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
