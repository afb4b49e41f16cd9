package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.UndecodableRecordException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one poll brought, each record decoded on its own.
 *
 * @param events the events, by partition and offset
 * @param undecodable the other records
 */
record Batch(List<ReceivedEvent> events, List<DeadLetter> undecodable) {

    static Batch of(ConsumerRecords<byte[], byte @Nullable []> records) {
        Batch batch = new Batch(new ArrayList<>(records.count()), new ArrayList<>());
        records.partitions().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .flatMap(partition -> records.records(partition).stream())
                .forEach(batch::add);
        return batch;
    }

    private void add(ConsumerRecord<byte[], byte @Nullable []> record) {
        try {
            events.add(ReceivedEvent.of(record));
        } catch (UndecodableRecordException e) {
            undecodable.add(new DeadLetter(record, null, e.reason(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // A fault of the decoder's own: it would meet it again with this record, and only with such.
            undecodable.add(
                    new DeadLetter(record, null, DeadLetterReason.UNDECODABLE, "decoding failed with " + e.getClass()));
        }
    }
}
