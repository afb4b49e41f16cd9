package io.sluice.runtime.outbox;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import io.sluice.contract.EventLimits;
import io.sluice.contract.ReservedTypes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a feature writes.
 *
 * @param type one of the {@link ReservedTypes}, as {@code task.completed}
 * @param aggregate the thing that it is about, and the event's key: events of one aggregate keep their order
 * @param owner the caller that the aggregate belongs to, who alone sees the event; at most
 *     {@value EventLimits#MAX_CALLER_BYTES} bytes of UTF-8
 * @param traceparent of the request that caused it, or {@code null}
 * @param payload a JSON object of ids, version and state; never a text of a user, because it is kept for as long as the topic keeps it
 */
public record FeatureEvent(String type, UUID aggregate, String owner, @Nullable String traceparent, byte[] payload) {

    /**
     * Makes an event of these parts.
     *
     * @throws IllegalArgumentException if clients could post the type, so that nobody could tell the two apart by it
     */
    public FeatureEvent {
        if (!ReservedTypes.contains(type)) {
            throw new IllegalArgumentException("the type " + type + " is not reserved for features");
        }
    }

    /** The event as it will be sent, under an id of its own. */
    Event at(Instant time) {
        return new Event(
                EventId.next(), type, aggregate.toString(), null, time, Event.OUTBOX, owner, traceparent, payload);
    }
}
