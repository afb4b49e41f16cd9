package io.sluice.consumer.reading;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Passes the records of each poll to a reader, on the polling thread. */
public final class ReaderInterceptor implements ConsumerInterceptor<byte[], byte @Nullable []> {

    private @Nullable Reader reader;

    /** Constructor for Kafka's client. */
    public ReaderInterceptor() {}

    @Override
    public void configure(Map<String, ?> configs) {
        reader = (Reader) configs.get(Reader.CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte @Nullable []> onConsume(ConsumerRecords<byte[], byte @Nullable []> records) {
        return Objects.requireNonNull(reader).received(records);
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
