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
 * The records of one poll, each decoded independently.
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
            // A fault of the decoder, which recurs with this record and with no other.
            undecodable.add(
                    new DeadLetter(record, null, DeadLetterReason.UNDECODABLE, "decoding failed with " + e.getClass()));
        }
    }
}
