package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Events as records: CloudEvents 1.0 in binary content mode, see {@link EventHeader}. The record's key is the client's
 * {@code key}, or the id where it gave none; its value is the payload. {@code docs/guides/events.md} has it for other languages.
 */
public final class EventCodec {

    /** The {@code ce_source} of every event that the api publishes. */
    public static final String SOURCE = "urn:sluice:api";

    private static final String SPEC_VERSION = "1.0";
    private static final String JSON = "application/json";
    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private EventCodec() {}

    /** The record of an event, for this topic. */
    public static ProducerRecord<byte[], byte[]> encode(Event event, String topic) {
        String id = event.id().toString();
        String key = event.key();
        Headers headers = new RecordHeaders();
        add(headers, EventHeader.SPEC_VERSION, SPEC_VERSION);
        add(headers, EventHeader.ID, id);
        add(headers, EventHeader.TYPE, event.type());
        add(headers, EventHeader.SOURCE, SOURCE);
        add(headers, EventHeader.TIME, event.time().toString());
        add(headers, EventHeader.SUBJECT, event.subject());
        add(headers, EventHeader.PARTITION_KEY, key);
        add(headers, EventHeader.CALLER, event.caller());
        add(headers, EventHeader.OWNER, event.owner());
        add(headers, EventHeader.CONTENT_TYPE, JSON);
        add(headers, EventHeader.TRACEPARENT, event.traceparent());
        byte[] recordKey = (key == null ? id : key).getBytes(UTF_8);
        return new ProducerRecord<>(topic, null, null, recordKey, event.payload(), headers);
    }

    private static void add(Headers headers, EventHeader header, @Nullable String value) {
        if (value != null) {
            headers.add(header.key(), value.getBytes(UTF_8));
        }
    }

    /**
     * The event of a record. Of a header that stands more than once the last counts; the record's key and headers of others
     * do not matter.
     *
     * @throws UndecodableRecordException if the record breaks the wire format in any way: whatever this returns can be
     *     stored, and read back as it was sent
     */
    public static Event decode(ConsumerRecord<byte[], byte @Nullable []> record) throws UndecodableRecordException {
        Map<EventHeader, Header> headers = known(record.headers());
        expect(SPEC_VERSION, headers, EventHeader.SPEC_VERSION);
        attribute(headers, EventHeader.SOURCE);
        expectJson(headers);
        return new Event(
                id(headers),
                attribute(headers, EventHeader.TYPE),
                optionalAttribute(headers, EventHeader.PARTITION_KEY),
                optionalAttribute(headers, EventHeader.SUBJECT),
                time(headers),
                attribute(headers, EventHeader.CALLER, EventLimits.MAX_CALLER_BYTES),
                optionalAttribute(headers, EventHeader.OWNER, EventLimits.MAX_CALLER_BYTES),
                traceparent(headers),
                payload(record.value()));
    }

    /** Headers of an event; a search for each of them would cost more than this one pass. */
    private static Map<EventHeader, Header> known(Headers headers) {
        Map<EventHeader, Header> known = new EnumMap<>(EventHeader.class);
        for (Header header : headers) {
            EventHeader name = EventHeader.ofKey(header.key());
            if (name != null) {
                known.put(name, header);
            }
        }
        return known;
    }

    private static void expect(String expected, Map<EventHeader, Header> headers, EventHeader header)
            throws UndecodableRecordException {
        if (!required(headers, header).equals(expected)) {
            throw new UndecodableRecordException("header " + header.key() + " must be " + expected);
        }
    }

    private static void expectJson(Map<EventHeader, Header> headers) throws UndecodableRecordException {
        String mediaType =
                required(headers, EventHeader.CONTENT_TYPE).split(";", 2)[0].strip();
        if (!mediaType.equalsIgnoreCase(JSON)) {
            throw new UndecodableRecordException("header content-type must be " + JSON);
        }
    }

    private static UUID id(Map<EventHeader, Header> headers) throws UndecodableRecordException {
        return EventId.parse(required(headers, EventHeader.ID))
                .orElseThrow(() -> new UndecodableRecordException("header ce_id must be a UUID of version 4, 5 or 7"));
    }

    private static Instant time(Map<EventHeader, Header> headers) throws UndecodableRecordException {
        try {
            Instant time = Rfc3339.parse(required(headers, EventHeader.TIME));
            // The year 0 of RFC 3339 is a leap year, and 1 BC to PostgreSQL, which its driver takes for a common one.
            if (time.isBefore(YEAR_1) || !time.isBefore(YEAR_10000)) {
                throw new DateTimeException("the year is not from 1 to 9999");
            }
            return time;
        } catch (DateTimeException e) {
            throw new UndecodableRecordException("header ce_time must be a time as in RFC 3339");
        }
    }

    private static byte[] payload(byte @Nullable [] value) throws UndecodableRecordException {
        if (value == null) {
            throw new UndecodableRecordException("the record has no value");
        }
        if (value.length > EventLimits.MAX_PAYLOAD_BYTES) {
            throw new UndecodableRecordException(
                    DeadLetterReason.TOO_LARGE, "the value is larger than " + EventLimits.MAX_PAYLOAD_BYTES + " bytes");
        }
        try {
            JsonScanner.check(value, EventLimits.MAX_NESTING);
        } catch (JsonSyntaxException e) {
            throw new UndecodableRecordException("the value is not JSON: " + e.getMessage());
        }
        return value;
    }

    private static String attribute(Map<EventHeader, Header> headers, EventHeader header)
            throws UndecodableRecordException {
        return attribute(headers, header, EventLimits.MAX_ATTRIBUTE_BYTES);
    }

    private static String attribute(Map<EventHeader, Header> headers, EventHeader header, int maxBytes)
            throws UndecodableRecordException {
        String value = required(headers, header);
        String violation = EventLimits.violation(value, maxBytes);
        if (violation != null) {
            throw new UndecodableRecordException("header " + header.key() + " " + violation);
        }
        return value;
    }

    private static @Nullable String optionalAttribute(Map<EventHeader, Header> headers, EventHeader header)
            throws UndecodableRecordException {
        return optionalAttribute(headers, header, EventLimits.MAX_ATTRIBUTE_BYTES);
    }

    private static @Nullable String optionalAttribute(
            Map<EventHeader, Header> headers, EventHeader header, int maxBytes) throws UndecodableRecordException {
        return headers.get(header) == null ? null : attribute(headers, header, maxBytes);
    }

    /** A trace context that is broken is not worth an event: it is dropped, as W3C Trace Context asks for. */
    private static @Nullable String traceparent(Map<EventHeader, Header> headers) {
        Header header = headers.get(EventHeader.TRACEPARENT);
        return header == null || header.value() == null
                ? null
                : Traceparent.validOrNull(new String(header.value(), UTF_8));
    }

    private static String required(Map<EventHeader, Header> headers, EventHeader header)
            throws UndecodableRecordException {
        Header found = headers.get(header);
        if (found == null) {
            throw new UndecodableRecordException("header " + header.key() + " is missing");
        }
        if (found.value() == null) {
            throw new UndecodableRecordException("header " + header.key() + " has no value");
        }
        String text = new String(found.value(), UTF_8);
        // What could not be decoded was replaced by this character, unless it stood there.
        return text.indexOf('\uFFFD') < 0 ? text : strict(header, found.value());
    }

    private static String strict(EventHeader header, byte[] value) throws UndecodableRecordException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw new UndecodableRecordException("header " + header.key() + " is not UTF-8");
        }
    }
}
