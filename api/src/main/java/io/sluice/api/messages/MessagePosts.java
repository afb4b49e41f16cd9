package io.sluice.api.messages;

import io.sluice.api.http.body.RequestBodies;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes posts of one event. */
@ApplicationScoped
class MessagePosts {

    private final RequestBodies bodies;
    private final IdempotentPublisher publisher;
    private final Clock clock;
    private final PostMetrics metrics;

    MessagePosts(RequestBodies bodies, IdempotentPublisher publisher, Clock clock, PostMetrics metrics) {
        this.bodies = bodies;
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Publishes the event that the body is. To be called on the event loop, before it gets back to it.
     *
     * @param violations what is wrong with the rest of the request
     * @return the event's id; fails with each {@link ProblemCode} that a body, an id or Kafka may have
     */
    Uni<UUID> publish(
            HttpServerRequest request, Violations violations, @Nullable String idempotencyKey, Origin origin) {
        metrics.posted();
        return bodies.read(
                request, NewMessage.MAX_BODY_BYTES, body -> publish(body, violations, idempotencyKey, origin));
    }

    private Uni<UUID> publish(byte[] body, Violations violations, @Nullable String idempotencyKey, Origin origin) {
        long read = System.nanoTime();
        return publish(NewMessage.parse(body, violations), idempotencyKey, origin)
                .invoke(() -> metrics.acknowledged(read));
    }

    private Uni<UUID> publish(NewMessage message, @Nullable String idempotencyKey, Origin origin) {
        if (idempotencyKey != null && message.id() != null) {
            throw ProblemException.invalid(Violation.inHeader(
                    IdempotencyKey.HEADER, "must not be sent with an id in the body; leave one of them out"));
        }
        Event event = idempotencyKey == null
                ? message.event(origin, clock)
                : message.event(EventId.ofIdempotencyKey(origin.caller(), idempotencyKey), origin, clock);
        Uni<Void> published = idempotencyKey == null && message.id() == null
                ? publisher.publishNew(event)
                : publisher.publishRepeatable(event);
        return published.replaceWith(event.id());
    }
}
