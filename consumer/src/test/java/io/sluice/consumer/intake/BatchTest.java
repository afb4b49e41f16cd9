package io.sluice.consumer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void eventsAreInTheOrderOfPartitionAndOffset() {
        // Given
        Event first = Events.any();
        Event second = Events.any();
        Event third = Events.any();

        // When
        Batch batch = Batch.of(
                Batches.of(List.of(Batches.record(7, third), Batches.record(2, first), Batches.record(2, second))));

        // Then
        assertThat(batch.events()).extracting(ReceivedEvent::event).containsExactly(first, second, third);
        assertThat(batch.undecodable()).isEmpty();
    }

    @Test
    void aRecordThatIsNoEventKeepsNoOtherBack() {
        // Given
        Event event = Events.any();
        ConsumerRecord<byte[], byte @Nullable []> garbage = Batches.garbage("garbage".getBytes(UTF_8));
        ConsumerRecord<byte[], byte @Nullable []> tombstone = Batches.garbage(null);

        // When
        Batch batch = Batch.of(Batches.of(List.of(garbage, Batches.record(0, event), tombstone)));

        // Then
        assertThat(batch.events()).extracting(ReceivedEvent::event).containsExactly(event);
        assertThat(batch.undecodable()).extracting(DeadLetter::record).containsExactly(garbage, tombstone);
        assertThat(batch.undecodable()).extracting(DeadLetter::reason).containsOnly(DeadLetterReason.UNDECODABLE);
    }
}
