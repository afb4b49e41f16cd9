package io.sluice.api.deadletters;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as lists show it.
 *
 * @param state a {@link State#code()}
 * @param reason why it failed the last time
 * @param detail one sentence about that
 * @param attempts how often it has failed
 * @param origin where the record first lay
 * @param eventId of the event, where the record is one
 * @param type of the event, likewise
 * @param key of the event, likewise
 * @param subject of the event, likewise
 * @param failedAt when it failed for the first time, by the consumer's clock
 * @param lastFailedAt when it failed for the last time, likewise
 * @param storedAt when its row was made, by PostgreSQL's clock, in microseconds
 * @param resolvedAt when it was resolved, likewise, or {@code null}
 * @param size the bytes of the record's value
 * @param seq orders rows of one {@code storedAt}
 */
record DeadLetter(
        UUID id,
        String state,
        String reason,
        String detail,
        int attempts,
        Origin origin,
        @Nullable UUID eventId,
        @Nullable String type,
        @Nullable String key,
        @Nullable String subject,
        Instant failedAt,
        Instant lastFailedAt,
        Instant storedAt,
        @Nullable Instant resolvedAt,
        int size,
        @JsonIgnore long seq) {

    /** The place of a record in Kafka. */
    record Origin(String topic, int partition, long offset) {}
}
