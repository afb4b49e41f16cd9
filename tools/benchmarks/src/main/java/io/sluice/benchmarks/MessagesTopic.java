package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventHeader;
import io.sluice.contract.Topic;
import io.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic {@code messages} of a stage. */
record MessagesTopic(KafkaSettings settings) {

    /** Number of records; nothing is deleted during a run. */
    long count() {
        String topic = settings.topicName(Topic.MESSAGES);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Fails unless there are as many records as events were acknowledged. */
    void requireCount(long acknowledged) {
        long published = count();
        if (published != acknowledged) {
            throw new Failure("%,d events were acknowledged, but the topic %s holds %,d."
                    .formatted(acknowledged, name(), published));
        }
        ProgressLog.log("%,d events were acknowledged, and the topic holds as many".formatted(acknowledged));
    }

    /** The topic's name. */
    String name() {
        return settings.topicName(Topic.MESSAGES);
    }

    /** A producer with these settings. */
    KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
        Properties all = client();
        all.putAll(more);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A reader of what is written from now on. */
    Tail tail() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(name()).stream()
                .map(partition -> new TopicPartition(name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return new Tail(consumer);
    }

    /** Records as they come. */
    record Tail(KafkaConsumer<byte[], byte[]> consumer) implements AutoCloseable {

        private static final Duration TIMEOUT = Duration.ofSeconds(30);

        /** Returns when the event with this id has come. */
        void awaitId(String id) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TIMEOUT.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    Header header = record.headers().lastHeader(EventHeader.ID.key());
                    if (header != null && new String(header.value(), UTF_8).equals(id)) {
                        return;
                    }
                }
            }
            throw new Failure("An event was not published within " + TIMEOUT.toSeconds() + " s.");
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /**
     * Events of a batch: what a partition gets of the api between two acknowledgements, with 64 clients that each wait for their answer.
     * Each batch is read and checked by itself, so that large ones would be read faster than those of the api.
     */
    private static final int EVENTS_OF_BATCH = 5;

    /** Bytes of a record beside its payload: key, headers and their lengths. */
    private static final int RECORD_BYTES = 250;

    /** Publishes events in batches of the size that the api's have, as fast as possible; returns their checksum. */
    Content fill(Workload workload, int events) {
        Properties settings = client();
        int batchBytes = EVENTS_OF_BATCH * (workload.payloadBytes() + RECORD_BYTES);
        settings.putAll(Map.of("acks", "all", "linger.ms", "20", "batch.size", String.valueOf(batchBytes)));
        Content content = Content.NONE;
        Deque<Future<?>> sent = new ArrayDeque<>();
        String topic = this.settings.topicName(Topic.MESSAGES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < events; n++) {
                Event event = workload.event(n);
                content = content.plus(event);
                sent.add(producer.send(EventCodec.encode(event, topic)));
                while (!sent.isEmpty() && sent.element().isDone()) {
                    requireAcknowledged(sent.remove());
                }
            }
        }
        sent.forEach(MessagesTopic::requireAcknowledged);
        return content;
    }

    /** Checks a send of a closed producer, which does not block. */
    private static void requireAcknowledged(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new Failure("The topic could not be filled: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("The topic was not filled: interrupted");
        }
    }

    private Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", settings.bootstrapServers());
        return client;
    }
}
