package io.sluice.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way from a client to the table.
 *
 * @param id decides whether two events are the same one; see {@link EventId}
 * @param type the CloudEvents {@code type}, at most {@value EventLimits#MAX_ATTRIBUTE_BYTES} bytes of UTF-8
 * @param key what the client ordered by, or {@code null} where it gave none; same bound as {@code type}
 * @param subject the CloudEvents {@code subject}, or {@code null}; same bound as {@code type}
 * @param time when the api took the event, by the api's clock; anything below a millisecond is cut off
 * @param caller who sent it: token issuer and subject, {@link #ANONYMOUS}, or {@link #OUTBOX}
 * @param owner caller whose thing the event of a feature is about, who alone sees it; {@code null} for events of clients
 * @param traceparent the W3C trace context it came with, or {@code null}
 * @param payload one JSON value, the very bytes that the client sent, at most {@value EventLimits#MAX_PAYLOAD_BYTES}
 */
public record Event(
        UUID id,
        String type,
        @Nullable String key,
        @Nullable String subject,
        Instant time,
        String caller,
        @Nullable String owner,
        @Nullable String traceparent,
        byte[] payload) {

    /** The type of an event that came without one. */
    public static final String DEFAULT_TYPE = "message";

    /** The caller of a request without a token. */
    public static final String ANONYMOUS = "anonymous";

    /**
     * The caller of events that features write by the outbox. No request has it: the caller of a token has a slash, see {@link Caller}.
     */
    public static final String OUTBOX = "urn:sluice:outbox";

    /** Makes an event of these parts as they are: it is {@link EventCodec#decode} and the api that check them. */
    public Event {
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Makes an event of a client, which has no owner. */
    public Event(
            UUID id,
            String type,
            @Nullable String key,
            @Nullable String subject,
            Instant time,
            String caller,
            @Nullable String traceparent,
            byte[] payload) {
        this(id, type, key, subject, time, caller, null, traceparent, payload);
    }

    /** True for the event of a feature: no client can make one, and it is shown to its {@link #owner()} alone. */
    public boolean isOfFeature() {
        return caller.equals(OUTBOX);
    }

    /** Fingerprint, the same for two events with one id that are the same event. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(caller, type, key, subject, payload);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event that
                && id.equals(that.id)
                && type.equals(that.type)
                && Objects.equals(key, that.key)
                && Objects.equals(subject, that.subject)
                && time.equals(that.time)
                && caller.equals(that.caller)
                && Objects.equals(owner, that.owner)
                && Objects.equals(traceparent, that.traceparent)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Names the event without its payload, key and subject, so that it can stand in a log line. */
    @Override
    public String toString() {
        return "Event[id=" + id + ", type=" + type + ", payload=" + payload.length + " bytes]";
    }
}
