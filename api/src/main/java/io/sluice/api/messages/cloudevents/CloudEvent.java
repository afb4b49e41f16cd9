package io.sluice.api.messages.cloudevents;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Rfc3339;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.EventId;
import io.sluice.contract.EventLimits;
import io.sluice.contract.Traceparent;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of a CloudEvent, wherever they stand. Its {@code id} and {@code source} decide the event's id, as an
 * {@code Idempotency-Key} does; {@code partitionkey} is the key, and {@code traceparent} goes with the event. None that says something
 * else is passed over, but for {@code time}, since an event has the time at which it was taken.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a>
 */
final class CloudEvent {

    private static final Set<String> KNOWN = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "partitionkey",
            "traceparent",
            "tracestate");

    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");

    private final Map<String, String> attributes;
    private final BiFunction<String, String, Violation> place;
    private final Violations violations;

    /**
     * A CloudEvent that is read.
     *
     * @param attributes by their names, in lower case
     * @param place makes a violation at an attribute, of its name and what it must be
     * @param violations what is wrong with the rest of the request
     */
    CloudEvent(Map<String, String> attributes, BiFunction<String, String, Violation> place, Violations violations) {
        this.attributes = attributes;
        this.place = place;
        this.violations = violations;
    }

    /**
     * The event that it becomes now.
     *
     * @param data the bytes of the payload
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST} with every attribute that is wrong or unknown,
     *     {@link ProblemCode#CONTENT_TOO_LARGE} or {@link ProblemCode#RESERVED_TYPE}
     */
    PostedEvent posted(byte[] data, Origin origin, Clock clock) {
        attributes.keySet().stream()
                .filter(name -> !isKept(name))
                .sorted()
                .forEach(name -> violation(name, "is not kept; leave it out, and put what matters into the data"));
        if (!attributes.getOrDefault("specversion", "").equals("1.0")) {
            violation("specversion", "must be 1.0");
        }
        String id = required("id");
        String source = source(required("source"));
        String type = required("type");
        String key = optional("partitionkey");
        String subject = optional("subject");
        checkTime();
        checkContentType();
        violations.refuse();
        NewMessage.refuseReserved(type);
        NewMessage.refuseTooLarge(data.length);
        UUID eventId = EventId.ofCloudEvent(origin.caller(), source, id);
        NewMessage message = new NewMessage(eventId, type, key, subject, data);
        return message.posted(new Origin(origin.caller(), traceparent(origin)), clock);
    }

    /** True for an attribute that means something here. */
    static boolean isKept(String name) {
        return KNOWN.contains(name);
    }

    private String required(String name) {
        String value = optional(name);
        if (value == null) {
            violation(name, "is missing");
        }
        return value == null ? "" : value;
    }

    private @Nullable String optional(String name) {
        String value = attributes.get(name);
        String violation = value == null ? null : EventLimits.violation(value);
        if (violation != null) {
            violation(name, violation);
        }
        return value;
    }

    private String source(String source) {
        try {
            URI unused = new URI(source);
        } catch (URISyntaxException e) {
            violation("source", "must be a URI reference (RFC 3986)");
        }
        return source;
    }

    private void checkTime() {
        String time = attributes.get("time");
        if (time != null && Rfc3339.parse(time).isEmpty()) {
            violation("time", "must be a time as RFC 3339 has it, as in 2026-01-02T03:04:05Z");
        }
    }

    private void checkContentType() {
        String type = attributes.get("datacontenttype");
        if (type != null && !JSON.matcher(type).matches()) {
            violation("datacontenttype", "must be application/json, or left out");
        }
    }

    private @Nullable String traceparent(Origin origin) {
        String own = attributes.get("traceparent");
        String valid = own == null ? null : Traceparent.validOrNull(own);
        return valid == null ? origin.traceparent() : valid;
    }

    private void violation(String name, String detail) {
        violations.add(place.apply(name, detail));
    }
}
