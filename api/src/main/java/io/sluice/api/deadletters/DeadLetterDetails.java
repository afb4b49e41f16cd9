package io.sluice.api.deadletters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sluice.api.deadletters.DeadLetter.Origin;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All there is about a dead letter.
 *
 * @param record as it was
 * @param failures each time that it failed, oldest first
 * @param actions what people did about it, oldest first
 */
record DeadLetterDetails(
        @JsonUnwrapped DeadLetter deadLetter, DeadRecord record, List<Failure> failures, List<Action> actions) {

    /** The record that lay on the topic. */
    record DeadRecord(@Nullable Content key, @Nullable Content value, List<Header> headers) {}

    /** A header; a name can stand more than once. */
    record Header(String name, @Nullable Content value) {}

    /**
     * A time that it failed.
     *
     * @param id the dead letter's at the first
     * @param origin where the record lay that time
     * @param eventId of the event that failed that time, or {@code null} where the record was none
     */
    record Failure(UUID id, String reason, String detail, Origin origin, @Nullable UUID eventId, Instant failedAt) {}

    /**
     * An action that somebody took.
     *
     * @param action {@code redrive}, {@code redrive-as-new} or {@code resolve}
     * @param who the caller
     * @param outcome {@code null} while it goes on, and for good where the program ended meanwhile
     */
    record Action(String action, String who, Instant at, @Nullable String outcome) {}
}
