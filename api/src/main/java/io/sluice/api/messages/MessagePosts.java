package io.sluice.api.messages;

import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.body.RequestBodies;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.TraceContext;
import io.sluice.contract.EventId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes posts of events, in each form that they may have. */
@ApplicationScoped
class MessagePosts {

    private static final List<String> NO_PARAMETERS = List.of();

    private final RequestBodies bodies;
    private final IdempotentPublisher publisher;
    private final BulkPosts bulk;
    private final Clock clock;
    private final PostMetrics metrics;

    MessagePosts(
            RequestBodies bodies, IdempotentPublisher publisher, BulkPosts bulk, Clock clock, PostMetrics metrics) {
        this.bodies = bodies;
        this.publisher = publisher;
        this.bulk = bulk;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Publishes what the body has. To be called on the event loop, before it gets back to it.
     *
     * @param path of the messages, as the client knows it
     * @return fails with each {@link ProblemCode} that headers, a body, an id or Kafka may have
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE}, or of a body of any length what is wrong with the headers
     */
    Uni<Response> post(HttpServerRequest request, String caller, String path) {
        MultiMap headers = request.headers();
        boolean lines = JsonContent.isLines(headers);
        if (!lines) {
            metrics.posted(1);
            JsonContent.require(headers);
        }
        Violations violations = new Violations();
        Query.parse(request.query()).check(NO_PARAMETERS, violations);
        CloudEventHeaders.refuse(headers, violations);
        String key = IdempotencyKey.of(headers, violations).orElse(null);
        Origin origin = new Origin(caller, TraceContext.traceparent(headers));
        if (lines) {
            refuseKeyOfMany(headers, violations);
            return bulk.publishLines(request, origin).map(MessagePosts::accepted);
        }
        return bodies.read(request, NewMessage.MAX_BODY_BYTES, body -> {
            if (MessageArray.isOne(body)) {
                refuseKeyOfMany(headers, violations);
                return postAll(MessageArray.read(body, event -> read(event, origin)));
            }
            return post(NewMessage.parse(body, violations), key, origin, path);
        });
    }

    /** Refuses an {@code Idempotency-Key} for many events, and whatever else is wrong with the headers. */
    private static void refuseKeyOfMany(MultiMap headers, Violations violations) {
        if (headers.contains(IdempotencyKey.HEADER)) {
            violations.add(Violation.inHeader(
                    IdempotencyKey.HEADER, "must not be sent with many events; give each an id of its own"));
        }
        violations.refuse();
    }

    private PostedEvent read(byte[] event, Origin origin) {
        return NewMessage.parse(event, new Violations()).posted(origin, clock);
    }

    private Uni<Response> postAll(List<BulkEvent> events) {
        metrics.posted(Math.max(0, events.size() - 1));
        return bulk.publish(events).map(MessagePosts::accepted);
    }

    private Uni<Response> post(NewMessage message, @Nullable String idempotencyKey, Origin origin, String path) {
        long read = System.nanoTime();
        if (idempotencyKey != null && message.id() != null) {
            throw ProblemException.invalid(Violation.inHeader(
                    IdempotencyKey.HEADER, "must not be sent with an id in the body; leave one of them out"));
        }
        PostedEvent posted = idempotencyKey == null
                ? message.posted(origin, clock)
                : new PostedEvent(
                        message.event(EventId.ofIdempotencyKey(origin.caller(), idempotencyKey), origin, clock), true);
        return publisher
                .publish(posted)
                .invoke(() -> metrics.acknowledged(read))
                .map(repeated -> accepted(posted, repeated, path));
    }

    private static Response accepted(PostedEvent posted, boolean repeated, String path) {
        String id = posted.event().id().toString();
        return Response.accepted("{\"id\":\"" + id + (repeated ? "\",\"repeated\":true}" : "\"}"))
                .header(HttpHeaders.LOCATION, path + "/" + id)
                .build();
    }

    private static Response accepted(BulkResult result) {
        return Response.accepted(result).build();
    }
}
