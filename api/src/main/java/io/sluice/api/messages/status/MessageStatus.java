package io.sluice.api.messages.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.api.database.Sized;
import io.sluice.contract.DeadLetterReason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fate of an event.
 *
 * @param storedAt when an event of this caller was stored under the id, or {@code null}
 * @param reason why it is a dead letter, or {@code null}
 * @param failedAt when it became one, or {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageStatus(
        UUID id, Fate status, @Nullable Instant storedAt, @Nullable String reason, @Nullable Instant failedAt)
        implements Sized {

    /** Concludes it from what is known, of which one is not {@code null}. */
    static MessageStatus of(UUID id, @Nullable Instant storedAt, @Nullable Failure failure) {
        if (failure == null || (storedAt != null && !failure.isConflict())) {
            return new MessageStatus(id, Fate.STORED, storedAt, null, null);
        }
        Fate fate = failure.isConflict()
                ? Fate.DUPLICATE
                : failure.state().equals("redriven") ? Fate.ACCEPTED : Fate.DEAD_LETTER;
        return new MessageStatus(id, fate, storedAt, failure.reason(), failure.failedAt());
    }

    @Override
    public int payloadBytes() {
        return 0;
    }

    /** True if the event lies with the dead letters. */
    public boolean hasFailed() {
        return status == Fate.DEAD_LETTER || status == Fate.DUPLICATE;
    }

    /** The last failure of an event. */
    record Failure(String state, String reason, Instant failedAt) {

        boolean isConflict() {
            return reason.equals(DeadLetterReason.IDEMPOTENCY_CONFLICT.code());
        }
    }
}
