package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds valid events, with a random id and the attributes that the test sets. */
public final class Events {

    private UUID id = EventId.next();
    private String type = Event.DEFAULT_TYPE;
    private @Nullable String key;
    private @Nullable String subject;
    private Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private String caller = Event.ANONYMOUS;
    private @Nullable String owner;
    private @Nullable String traceparent;
    private byte[] payload = "{\"hello\":\"world\"}".getBytes(UTF_8);

    private Events() {}

    /** An event of which nothing matters. */
    public static Event any() {
        return new Events().build();
    }

    /** An event of which something matters: follow with what does, and {@link #build()}. */
    public static Events with() {
        return new Events();
    }

    /** {@link Event#id()}. */
    public Events id(UUID id) {
        this.id = id;
        return this;
    }

    /** {@link Event#type()}. */
    public Events type(String type) {
        this.type = type;
        return this;
    }

    /** {@link Event#key()}. */
    public Events key(String key) {
        this.key = key;
        return this;
    }

    /** {@link Event#subject()}. */
    public Events subject(String subject) {
        this.subject = subject;
        return this;
    }

    /** {@link Event#time()}. */
    public Events time(Instant time) {
        this.time = time;
        return this;
    }

    /** {@link Event#caller()}. */
    public Events caller(String caller) {
        this.caller = caller;
        return this;
    }

    /** {@link Event#owner()}. */
    public Events owner(String owner) {
        this.owner = owner;
        return this;
    }

    /** {@link Event#traceparent()}. */
    public Events traceparent(String traceparent) {
        this.traceparent = traceparent;
        return this;
    }

    /** {@link Event#payload()}, as UTF-8. */
    public Events payload(String json) {
        return payload(json.getBytes(UTF_8));
    }

    /** {@link Event#payload()}. */
    public Events payload(byte[] json) {
        this.payload = json.clone();
        return this;
    }

    /** The event. */
    public Event build() {
        return new Event(id, type, key, subject, time, caller, owner, traceparent, payload);
    }
}
