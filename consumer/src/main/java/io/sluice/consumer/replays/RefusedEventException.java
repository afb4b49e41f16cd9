package io.sluice.consumer.replays;

import java.util.UUID;

/** Kafka refuses an event for what it is, and will again. */
final class RefusedEventException extends Exception {

    private static final long serialVersionUID = 1;

    /** Rejection of this event; the cause says why. */
    RefusedEventException(UUID event, Throwable cause) {
        super("Kafka refuses the event %s: it is too large for the topic, or not valid there.".formatted(event), cause);
    }
}
