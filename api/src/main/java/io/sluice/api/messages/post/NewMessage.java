package io.sluice.api.messages.post;

import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import io.sluice.contract.EventLimits;
import io.sluice.contract.ReservedTypes;
import io.sluice.contract.json.JsonMember;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonStrings;
import io.sluice.contract.json.JsonSyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as a client posts it.
 *
 * @param id the id that the client chose, or {@code null}
 * @param type what the client gave, or {@link Event#DEFAULT_TYPE}
 * @param key what to order by, or {@code null}
 * @param subject what it is about, or {@code null}
 * @param payload the bytes of the payload as they stand in the body
 */
public record NewMessage(
        @Nullable UUID id, String type, @Nullable String key, @Nullable String subject, byte[] payload) {

    /** Room for a payload of the largest size and for everything around it, even if all of that is escaped. */
    public static final int MAX_BODY_BYTES = EventLimits.MAX_PAYLOAD_BYTES + (16 << 10);

    /**
     * Reads the body of a request.
     *
     * @param violations what is wrong with the rest of the request
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST} with these and all of the body,
     *     {@link ProblemCode#CONTENT_TOO_LARGE} or {@link ProblemCode#RESERVED_TYPE}
     */
    public static NewMessage parse(byte[] body, Violations violations) {
        try {
            return new Reader(body, JsonScanner.members(body, EventLimits.MAX_NESTING), violations).read();
        } catch (JsonSyntaxException e) {
            violations.add(JsonContent.notJson(body, e));
            throw violations.problem();
        }
    }

    /** The event that it becomes now, under its id or a new one. */
    public PostedEvent posted(Origin origin, Clock clock) {
        return new PostedEvent(event(id == null ? EventId.next() : id, origin, clock), id != null);
    }

    /** The event that it becomes now, under this id. */
    public Event event(UUID id, Origin origin, Clock clock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Event(id, type, key, subject, now, origin.caller(), origin.traceparent(), payload);
    }

    /** Refuses types that features alone write. */
    public static void refuseReserved(String type) {
        if (ReservedTypes.contains(type)) {
            throw ProblemException.of(
                    ProblemCode.RESERVED_TYPE,
                    "Types that begin with %s are those of events that Sluice's own features write; choose another type."
                            .formatted(String.join(" or ", ReservedTypes.PREFIXES)));
        }
    }

    /** Refuses a payload of so many bytes if these are too many. */
    public static void refuseTooLarge(int payloadBytes) {
        if (payloadBytes > EventLimits.MAX_PAYLOAD_BYTES) {
            throw ProblemException.of(
                    ProblemCode.CONTENT_TOO_LARGE,
                    "The payload may have at most %d bytes, but has %d; send a smaller one."
                            .formatted(EventLimits.MAX_PAYLOAD_BYTES, payloadBytes));
        }
    }

    private static final class Reader {

        private static final List<String> KNOWN = List.of("id", "type", "key", "subject", "payload");

        private final byte[] body;
        private final Map<String, JsonMember> members = new HashMap<>();
        private final Violations violations;

        Reader(byte[] body, List<JsonMember> all, Violations violations) {
            this.body = body;
            this.violations = violations;
            for (JsonMember member : all) {
                if (!KNOWN.contains(member.name())) {
                    violation(member.name(), "is unknown; known are " + String.join(", ", KNOWN));
                } else if (members.put(member.name(), member) != null) {
                    violation(member.name(), "stands twice; leave one of them out");
                }
            }
        }

        NewMessage read() {
            UUID id = text("id").flatMap(this::id).orElse(null);
            String type = text("type").map(text -> attribute("type", text)).orElse(Event.DEFAULT_TYPE);
            String key = text("key").map(text -> attribute("key", text)).orElse(null);
            String subject =
                    text("subject").map(text -> attribute("subject", text)).orElse(null);
            byte[] payload = payload();
            violations.refuse();
            refuseReserved(type);
            return new NewMessage(id, type, key, subject, payload);
        }

        private Optional<UUID> id(String text) {
            Optional<UUID> id = EventId.chosen(text);
            if (id.isEmpty()) {
                violation("id", "must be a UUID of version 4 or 7 in its canonical form, as in " + EventId.next());
            }
            return id;
        }

        private String attribute(String name, String text) {
            String violation = EventLimits.violation(text);
            if (violation != null) {
                violation(name, violation);
            }
            return text;
        }

        private Optional<String> text(String name) {
            JsonMember member = members.get(name);
            if (member == null || body[member.start()] == 'n') {
                return Optional.empty();
            }
            if (body[member.start()] != '"') {
                violation(name, "must be a string");
                return Optional.empty();
            }
            return Optional.of(JsonStrings.unescape(body, member.start(), member.end()));
        }

        private byte[] payload() {
            JsonMember member = members.get("payload");
            if (member == null) {
                violation("payload", "is missing; it may be any JSON value, null included");
                return new byte[0];
            }
            refuseTooLarge(member.end() - member.start());
            return Arrays.copyOfRange(body, member.start(), member.end());
        }

        private void violation(String name, String detail) {
            violations.add(Violation.inMember(name, detail));
        }
    }
}
