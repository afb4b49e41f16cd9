package io.sluice.api.messages;

import io.sluice.api.http.body.RequestBodies;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.TraceContext;
import io.sluice.api.messages.bulk.BulkEvent;
import io.sluice.api.messages.bulk.BulkPosts;
import io.sluice.api.messages.bulk.BulkResult;
import io.sluice.api.messages.bulk.MessageArray;
import io.sluice.api.messages.cloudevents.CloudEventHeaders;
import io.sluice.api.messages.cloudevents.CloudEventJson;
import io.sluice.api.messages.post.IdempotentPublisher;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostMetrics;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.EventId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
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
    Uni<RestResponse<String>> post(HttpServerRequest request, String caller, String path) {
        MultiMap headers = request.headers();
        MessageForm form = MessageForm.of(headers);
        if (form != MessageForm.LINES) {
            metrics.posted(1);
            form.require(headers);
        }
        Violations violations = new Violations();
        Query.parse(request.query()).check(NO_PARAMETERS, violations);
        Origin origin = new Origin(caller, TraceContext.traceparent(headers));
        if (form == MessageForm.LINES) {
            refuseForMany(headers, violations);
            return bulk.publishLines(request, origin).map(MessagePosts::accepted);
        }
        return bodies.read(request, NewMessage.MAX_BODY_BYTES, body -> switch (form) {
            case JSON -> postJson(headers, body, violations, origin, path);
            case CLOUD_EVENT -> {
                refuseKey(headers, "a CloudEvent, whose id and source decide", violations);
                yield post(CloudEventJson.read(body, violations, origin, clock), path);
            }
            case LINES, CLOUD_EVENTS -> {
                refuseForMany(headers, violations);
                yield postAll(body, event -> CloudEventJson.read(event, new Violations(), origin, clock));
            }
        });
    }

    private Uni<RestResponse<String>> postJson(
            MultiMap headers, byte[] body, Violations violations, Origin origin, String path) {
        if (CloudEventHeaders.areIn(headers)) {
            refuseKey(headers, "a CloudEvent, whose id and source decide", violations);
            return post(CloudEventHeaders.read(headers, body, violations, origin, clock), path);
        }
        if (MessageArray.isOne(body)) {
            refuseForMany(headers, violations);
            return postAll(
                    body, event -> NewMessage.parse(event, new Violations()).posted(origin, clock));
        }
        String key = IdempotencyKey.of(headers, violations).orElse(null);
        return post(posted(NewMessage.parse(body, violations), key, origin), path);
    }

    /** Refuses headers that are about one event, in a request of many, and whatever else is wrong with it. */
    private static void refuseForMany(MultiMap headers, Violations violations) {
        refuseKey(headers, "many events; give each an id of its own", violations);
        if (MessageForm.of(headers) != MessageForm.CLOUD_EVENTS) {
            CloudEventHeaders.refuse(headers, violations);
        }
        violations.refuse();
    }

    private static void refuseKey(MultiMap headers, String forWhat, Violations violations) {
        if (headers.contains(IdempotencyKey.HEADER)) {
            violations.add(Violation.inHeader(IdempotencyKey.HEADER, "must not be sent with " + forWhat));
        }
    }

    private PostedEvent posted(NewMessage message, @Nullable String idempotencyKey, Origin origin) {
        if (idempotencyKey == null) {
            return message.posted(origin, clock);
        }
        if (message.id() != null) {
            throw ProblemException.invalid(Violation.inHeader(
                    IdempotencyKey.HEADER, "must not be sent with an id in the body; leave one of them out"));
        }
        UUID id = EventId.ofIdempotencyKey(origin.caller(), idempotencyKey);
        return new PostedEvent(message.event(id, origin, clock), true);
    }

    private Uni<RestResponse<String>> post(PostedEvent posted, String path) {
        long read = System.nanoTime();
        return publisher
                .publish(posted)
                .invoke(() -> metrics.acknowledged(read))
                .map(repeated -> accepted(posted, repeated, path));
    }

    private Uni<RestResponse<String>> postAll(byte[] array, Function<byte[], PostedEvent> read) {
        List<BulkEvent> events = MessageArray.read(array, read);
        metrics.posted(Math.max(0, events.size() - 1));
        return bulk.publish(events).map(MessagePosts::accepted);
    }

    private static RestResponse<String> accepted(PostedEvent posted, boolean repeated, String path) {
        String id = posted.event().id().toString();
        return ResponseBuilder.<String>accepted()
                .entity("{\"id\":\"" + id + (repeated ? "\",\"repeated\":true}" : "\"}"))
                .header(HttpHeaders.LOCATION, path + "/" + id)
                .build();
    }

    private static RestResponse<String> accepted(BulkResult result) {
        return ResponseBuilder.<String>accepted().entity(Json.encode(result)).build();
    }
}
