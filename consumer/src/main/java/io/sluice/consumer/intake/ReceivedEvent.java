package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.RedrivenFrom;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Fingerprint;
import io.sluice.contract.UndecodableRecordException;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event and the record it was decoded from.
 *
 * @param record as received
 * @param event the decoded event
 * @param fingerprint of the event, computed once
 * @param redrivenFrom id of the dead letter that the record is a redrive of
 */
public record ReceivedEvent(
        ConsumerRecord<byte[], byte @Nullable []> record,
        Event event,
        Fingerprint fingerprint,
        Optional<UUID> redrivenFrom) {

    static ReceivedEvent of(ConsumerRecord<byte[], byte @Nullable []> record) throws UndecodableRecordException {
        Event event = EventCodec.decode(record);
        return new ReceivedEvent(record, event, event.fingerprint(), RedrivenFrom.deadLetter(record));
    }

    /** The event's id. */
    public UUID id() {
        return event.id();
    }
}
