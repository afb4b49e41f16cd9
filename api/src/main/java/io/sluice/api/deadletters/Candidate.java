package io.sluice.api.deadletters;

import io.sluice.contract.EventId;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is to be sent again.
 *
 * @param state a {@link State#code()}
 * @param reason why it failed the last time
 * @param attempts how often it had failed when it was read
 * @param failedEventId the id of the event that failed the last time, or {@code null} where that was none
 * @param key of the record
 * @param value of the record
 * @param headers of the record
 */
record Candidate(
        UUID id,
        String state,
        String reason,
        int attempts,
        @Nullable UUID failedEventId,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /** The id of the new event that it is redriven as, the same each time. */
    UUID newEventId() {
        return EventId.ofRedriven(id);
    }

    /** True if that new event has failed the last time, and no longer the record. */
    boolean failedAsNew() {
        return newEventId().equals(failedEventId);
    }
}
