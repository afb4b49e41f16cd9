package io.sluice.api.messages;

import io.sluice.api.http.body.streamed.StreamedBodies;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Takes posts of many events. */
@ApplicationScoped
class BulkPosts {

    /** Time for which PostgreSQL is not asked again after it has not answered: each question would make Kafka wait. */
    private static final Duration UNASKED = Duration.ofSeconds(5);

    private final StreamedBodies bodies;
    private final EventPublisher publisher;
    private final FingerprintLookup stored;
    private final Clock clock;
    private final PostMetrics metrics;
    private volatile long unansweredAt = System.nanoTime() - UNASKED.toNanos();

    BulkPosts(
            StreamedBodies bodies,
            EventPublisher publisher,
            FingerprintLookup stored,
            Clock clock,
            PostMetrics metrics) {
        this.bodies = bodies;
        this.publisher = publisher;
        this.stored = stored;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Publishes an event for each line of a body, of whatever length. To be called on the event loop, before it gets back to it.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where too many are under way, or with the result so far where the body cannot be
     *     read to its end or Kafka fails
     */
    Uni<BulkResult> publishLines(HttpServerRequest request, Origin origin) {
        return bodies.receive(request, body -> new BulkPost(this, origin).publish(body));
    }

    /** The fingerprints of those that are stored, as far as PostgreSQL says so in time; blocks. */
    Map<UUID, Fingerprint> stored(Collection<UUID> ids) {
        if (ids.isEmpty() || System.nanoTime() - unansweredAt < UNASKED.toNanos()) {
            return Map.of();
        }
        return stored.findAll(ids, IdempotentPublisher.CONFLICT_CHECK).orElseGet(() -> {
            unansweredAt = System.nanoTime();
            return Map.of();
        });
    }

    Event event(NewMessage message, Origin origin) {
        return message.event(origin, clock);
    }

    EventPublisher publisher() {
        return publisher;
    }

    PostMetrics metrics() {
        return metrics;
    }
}
