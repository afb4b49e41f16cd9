package io.sluice.api.messages;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Publishes an event, unless the same one is stored already. */
@ApplicationScoped
class IdempotentPublisher {

    /** Longest wait of a client for the early answer to a conflict. Past it the consumer finds the conflict. */
    static final Duration CONFLICT_CHECK = Duration.ofMillis(200);

    private final EventPublisher publisher;
    private final FingerprintLookup stored;

    IdempotentPublisher(EventPublisher publisher, FingerprintLookup stored) {
        this.publisher = publisher;
        this.stored = stored;
    }

    /** Publishes an event whose id is new: nothing can be stored under it. */
    Uni<Void> publishNew(Event event) {
        return publisher.publish(event);
    }

    /**
     * Publishes an event whose id the client decides, by itself or by an {@code Idempotency-Key}.
     *
     * @return fails with {@link ProblemCode#IDEMPOTENCY_CONFLICT} if another event is stored under the id
     */
    Uni<Void> publishRepeatable(Event event) {
        return stored.find(event.id(), CONFLICT_CHECK)
                .flatMap(found -> found.isEmpty() ? publisher.publish(event) : compare(event, found.get()));
    }

    private static Uni<Void> compare(Event event, Fingerprint stored) {
        return isRepeat(event, stored)
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(conflict(event));
    }

    /** True if it is the event that is stored under its id: it is answered as it was the first time, and need not travel again. */
    static boolean isRepeat(Event event, Fingerprint stored) {
        return stored.equals(event.fingerprint());
    }

    /** The problem of an event that is not the one that is stored under its id. */
    static ProblemException conflict(Event event) {
        return ProblemException.of(
                ProblemCode.IDEMPOTENCY_CONFLICT,
                "Another event is stored under this id: its caller, type, key, subject or payload differs. "
                        + "Send this one with a new id or Idempotency-Key.",
                event.id());
    }
}
