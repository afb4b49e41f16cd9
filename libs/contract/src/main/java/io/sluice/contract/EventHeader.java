package io.sluice.contract;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an event's record.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 *     CloudEvents 1.0.2, Kafka protocol binding, binary content mode</a>
 */
public enum EventHeader {
    /** Always {@code 1.0}. */
    SPEC_VERSION("ce_specversion"),
    /** {@link Event#id()}, in lower case. */
    ID("ce_id"),
    /** {@link Event#type()}. */
    TYPE("ce_type"),
    /** Always {@value EventCodec#SOURCE} from the api; any other producer names itself. */
    SOURCE("ce_source"),
    /** {@link Event#time()}, as in RFC 3339, in UTC. */
    TIME("ce_time"),
    /** {@link Event#subject()}, where there is one. */
    SUBJECT("ce_subject"),
    /** {@link Event#key()}, where the client gave one; the CloudEvents extension "partitioning". */
    PARTITION_KEY("ce_partitionkey"),
    /** {@link Event#caller()}; an extension attribute of our own. */
    CALLER("ce_caller"),
    /** {@link Event#owner()}, where there is one; an extension attribute of our own. */
    OWNER("ce_owner"),
    /** The payload's media type: always {@code application/json}. */
    CONTENT_TYPE("content-type"),
    /** {@link Event#traceparent()}, where there is one; W3C Trace Context. */
    TRACEPARENT("traceparent");

    private static final Map<String, EventHeader> BY_KEY =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventHeader::key, header -> header));

    private final String key;

    EventHeader(String key) {
        this.key = key;
    }

    /** The header with this key, or {@code null} if it is none of an event. */
    static @Nullable EventHeader ofKey(String key) {
        return BY_KEY.get(key);
    }

    /** The header's key on the record. */
    public String key() {
        return key;
    }
}
