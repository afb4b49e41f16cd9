package io.sluice.consumer.intake;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes what a poll brings. */
final class Batches {

    private static final String TOPIC = Topic.MESSAGES.name("");

    /** Far behind what the topic really holds. */
    private static final AtomicLong NEXT_OFFSET = new AtomicLong(1L << 40);

    private Batches() {}

    static ConsumerRecords<byte[], byte @Nullable []> of(Event... events) {
        return of(Arrays.stream(events).map(event -> record(0, event)).toList());
    }

    static ConsumerRecords<byte[], byte @Nullable []> of(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte @Nullable []>>> byPartition = new HashMap<>();
        records.forEach(record -> byPartition
                .computeIfAbsent(new TopicPartition(TOPIC, record.partition()), unused -> new ArrayList<>())
                .add(record));
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    static ConsumerRecord<byte[], byte @Nullable []> record(int partition, Event event) {
        ProducerRecord<byte[], byte[]> encoded = EventCodec.encode(event, TOPIC);
        return record(partition, encoded.headers(), encoded.key(), encoded.value());
    }

    static ConsumerRecord<byte[], byte @Nullable []> garbage(byte @Nullable [] value) {
        return record(0, new RecordHeaders(), new byte[] {1}, value);
    }

    private static ConsumerRecord<byte[], byte @Nullable []> record(
            int partition, Headers headers, byte[] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                NEXT_OFFSET.getAndIncrement(),
                0L,
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
