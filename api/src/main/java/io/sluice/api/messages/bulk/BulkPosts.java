package io.sluice.api.messages.bulk;

import io.sluice.api.http.body.streamed.StreamedBodies;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.CallerContext;
import io.sluice.api.messages.post.FingerprintLookup;
import io.sluice.api.messages.post.IdempotentPublisher;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostMetrics;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.contract.Fingerprint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes posts of many events. */
@ApplicationScoped
public class BulkPosts {

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
     * @return fails with {@link ProblemCode#OVERLOADED} where too many are under way, of this caller or of all, or with the result so far where the body cannot be
     *     read to its end or Kafka fails
     */
    public Uni<BulkResult> publishLines(HttpServerRequest request, Origin origin) {
        return bodies.receive(request, origin.caller(), body -> new BulkPost(this, origin).publish(body));
    }

    /**
     * Publishes some events, in their order and all at once; none behind the first that is not accepted.
     *
     * @return fails with the result where Kafka has not acknowledged all
     */
    public Uni<BulkResult> publish(List<BulkEvent> events) {
        long begun = System.nanoTime();
        return ask(BulkEvent.repeatableIds(events))
                .emitOn(CallerContext.executor())
                .flatMap(found -> publish(events, found, begun));
    }

    private Uni<BulkResult> publish(List<BulkEvent> events, Map<UUID, Fingerprint> found, long begun) {
        BulkTally tally = new BulkTally();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        boolean failed = false;
        for (BulkEvent event : events) {
            // What follows one that was not accepted could be, and then stand before it, which is sent again.
            if (!failed && !tally.settles(event, found)) {
                CompletableFuture<Outcome> outcome = publish((BulkEvent.Good) event, begun);
                outcomes.add(outcome);
                failed = hasFailed(outcome);
            }
        }
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)))
                .map(all ->
                        result(outcomes.stream().map(CompletableFuture::join).toList(), tally, events.size()));
    }

    private static boolean hasFailed(CompletableFuture<Outcome> outcome) {
        return outcome.isCompletedExceptionally()
                || (outcome.isDone() && outcome.join().problem() != null);
    }

    /** An event, and why Kafka has not acknowledged it, or {@code null} if it has. */
    private record Outcome(long position, @Nullable ProblemException problem) {}

    private CompletableFuture<Outcome> publish(BulkEvent.Good good, long begun) {
        return publisher
                .publish(good.event())
                .invoke(() -> metrics.acknowledged(begun))
                .map(acknowledged -> new Outcome(good.position(), null))
                .onFailure(ProblemException.class)
                .recoverWithItem(e -> new Outcome(good.position(), e))
                .subscribeAsCompletionStage();
    }

    private static BulkResult result(List<Outcome> outcomes, BulkTally tally, int events) {
        Outcome failed = outcomes.stream()
                .filter(outcome -> outcome.problem() != null)
                .findFirst()
                .orElse(null);
        long acknowledged =
                outcomes.stream().filter(outcome -> outcome.problem() == null).count();
        if (failed == null || failed.problem() == null) {
            return tally.result(acknowledged, events);
        }
        throw failed.problem().with(tally.result(acknowledged, failed.position() - 1));
    }

    private Uni<Map<UUID, Fingerprint>> ask(Collection<UUID> ids) {
        if (ids.isEmpty() || System.nanoTime() - unansweredAt < UNASKED.toNanos()) {
            return Uni.createFrom().item(Map.of());
        }
        return stored.findAll(ids, IdempotentPublisher.CONFLICT_CHECK).map(this::answered);
    }

    private Map<UUID, Fingerprint> answered(Optional<Map<UUID, Fingerprint>> answer) {
        return answer.orElseGet(() -> {
            unansweredAt = System.nanoTime();
            return Map.of();
        });
    }

    /** The fingerprints of those that are stored, as far as PostgreSQL says so in time; blocks. */
    Map<UUID, Fingerprint> stored(Collection<UUID> ids) {
        return ask(ids).await().indefinitely();
    }

    PostedEvent event(NewMessage message, Origin origin) {
        return message.posted(origin, clock);
    }

    EventPublisher publisher() {
        return publisher;
    }

    PostMetrics metrics() {
        return metrics;
    }
}
