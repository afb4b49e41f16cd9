package io.sluice.api.messages.post;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.CallerContext;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Publishes an event, unless the same one is stored already. */
@ApplicationScoped
public class IdempotentPublisher {

    /** Longest wait of a client for the early answer to a conflict. Past it the consumer finds the conflict. */
    public static final Duration CONFLICT_CHECK = Duration.ofMillis(200);

    private final EventPublisher publisher;
    private final FingerprintLookup stored;

    IdempotentPublisher(EventPublisher publisher, FingerprintLookup stored) {
        this.publisher = publisher;
        this.stored = stored;
    }

    /**
     * Publishes an event.
     *
     * @return whether it is stored already, as far as that is known; fails with {@link ProblemCode#IDEMPOTENCY_CONFLICT} if another event
     *     is stored under the id, or as {@link EventPublisher#publish(Event)}
     */
    public Uni<Boolean> publish(PostedEvent posted) {
        Event event = posted.event();
        return posted.repeatable()
                ? stored.find(event.id(), CONFLICT_CHECK)
                        // The thread that asks is to go on asking, not to encode and send what each of those who wait
                        // has posted.
                        .emitOn(CallerContext.executor())
                        .flatMap(found -> found.isEmpty()
                                ? publisher.publish(event).replaceWith(false)
                                : compare(event, found.get()))
                : publisher.publish(event).replaceWith(false);
    }

    private static Uni<Boolean> compare(Event event, Fingerprint stored) {
        return isRepeat(event, stored)
                ? Uni.createFrom().item(true)
                : Uni.createFrom().failure(conflict(event));
    }

    /** True if it is the event that is stored under its id: it is answered as it was the first time, and need not travel again. */
    public static boolean isRepeat(Event event, Fingerprint stored) {
        return stored.equals(event.fingerprint());
    }

    /** The problem of an event that is not the one that is stored under its id. */
    public static ProblemException conflict(Event event) {
        return ProblemException.of(
                ProblemCode.IDEMPOTENCY_CONFLICT,
                "Another event is stored under this id: its caller, type, key, subject or payload differs. "
                        + "Send this one with a new id or Idempotency-Key.",
                event.id());
    }
}
