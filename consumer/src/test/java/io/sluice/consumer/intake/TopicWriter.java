package io.sluice.consumer.intake;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the topic of events, valid records and others. */
public final class TopicWriter implements AutoCloseable {

    /** The topic. */
    public static final String TOPIC = Topic.MESSAGES.name("");

    private final Producer<byte[], byte[]> producer;

    public TopicWriter(String bootstrapServers) {
        this(bootstrapServers, "none", Topic.MESSAGES.maxMessageBytes());
    }

    private TopicWriter(String bootstrapServers, String compression, int largestRecord) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        largestRecord),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One that leaves it to the broker to refuse what is too large. */
    public static TopicWriter unbounded(String bootstrapServers) {
        return new TopicWriter(bootstrapServers, "none", 16 << 20);
    }

    /** One whose records may be larger than their topic's bound, as long as they are below it when compressed. */
    public static TopicWriter compressing(String bootstrapServers) {
        return new TopicWriter(bootstrapServers, "gzip", 16 << 20);
    }

    /** Writes events, and waits for their acknowledgement. */
    public void write(Event... events) {
        List<Future<RecordMetadata>> sent = Stream.of(events)
                .map(event -> producer.send(EventCodec.encode(event, TOPIC)))
                .toList();
        sent.forEach(TopicWriter::await);
    }

    /** Writes a record to its topic, and returns its position. */
    public RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
        return await(producer.send(record));
    }

    private static RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
