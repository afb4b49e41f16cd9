package io.sluice.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    /** A record that would be an event but for one thing, and what is said about that. */
    private record Refused(String what, ConsumerRecord<byte[], byte[]> record, String message) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Refused> REFUSED = List.of(
            header("ce_specversion", "0.3", "header ce_specversion must be 1.0"),
            header("ce_specversion", "", "header ce_specversion must be 1.0"),
            header("ce_specversion", "1.0 ", "header ce_specversion must be 1.0"),
            header("ce_id", "", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "order-4711", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "1-1-4001-8001-1", "header ce_id must be a UUID of version 4, 5 or 7"),
            header(
                    "ce_id",
                    "{0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11}",
                    "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e3c574b6e8a536c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header(
                    "ce_id",
                    "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b1\u0661",
                    "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e-3c57-1b6e-8a53-6c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e-3c57-3b6e-8a53-6c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e-3c57-6b6e-8a53-6c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e-3c57-8b6e-8a53-6c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "0d9f6c1e-3c57-4b6e-ca53-6c0a3f6d2b11", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "00000000-0000-0000-0000-000000000000", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_id", "ffffffff-ffff-ffff-ffff-ffffffffffff", "header ce_id must be a UUID of version 4, 5 or 7"),
            header("ce_type", "", "header ce_type must not be empty"),
            header("ce_type", "a\u0000b", "header ce_type must not contain control characters, but has U+0000"),
            header("ce_type", "a\nb", "header ce_type must not contain control characters, but has U+000A"),
            header("ce_type", "a".repeat(257), "header ce_type must have at most 256 bytes in UTF-8, but has 257"),
            header("ce_source", "", "header ce_source must not be empty"),
            header("ce_source", "a\u0085b", "header ce_source must not contain control characters, but has U+0085"),
            header("ce_source", "a".repeat(257), "header ce_source must have at most 256 bytes in UTF-8, but has 257"),
            header("ce_time", "", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "yesterday", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "2026-01-02", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "2026-01-02T03:04:05", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "2026-02-29T03:04:05Z", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "2026-01-02T24:00:00Z", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "2026-01-02T03:04:05Z[UTC]", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "-0001-12-31T23:59:59.999Z", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "0000-02-29T00:00:00Z", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "0001-01-01T00:00:00+00:01", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "+10000-01-01T00:00:00Z", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "9999-12-31T23:59:59-00:01", "header ce_time must be a time as in RFC 3339"),
            header("ce_time", "+999999999-12-31T23:59:59-18:00", "header ce_time must be a time as in RFC 3339"),
            header("ce_subject", "", "header ce_subject must not be empty"),
            header("ce_subject", "a\u007fb", "header ce_subject must not contain control characters, but has U+007F"),
            header(
                    "ce_subject",
                    "é".repeat(129),
                    "header ce_subject must have at most 256 bytes in UTF-8, but has 258"),
            header("ce_partitionkey", "", "header ce_partitionkey must not be empty"),
            header(
                    "ce_partitionkey",
                    "a\tb",
                    "header ce_partitionkey must not contain control characters, but has U+0009"),
            header(
                    "ce_partitionkey",
                    "🚀".repeat(65),
                    "header ce_partitionkey must have at most 256 bytes in UTF-8, but has 260"),
            header("ce_caller", "", "header ce_caller must not be empty"),
            header("ce_caller", "a\u001bb", "header ce_caller must not contain control characters, but has U+001B"),
            header(
                    "ce_caller",
                    "a".repeat(1025),
                    "header ce_caller must have at most 1024 bytes in UTF-8, but has 1025"),
            header("ce_owner", "", "header ce_owner must not be empty"),
            header("ce_owner", "a\nb", "header ce_owner must not contain control characters, but has U+000A"),
            header("ce_owner", "a".repeat(1025), "header ce_owner must have at most 1024 bytes in UTF-8, but has 1025"),
            header("content-type", "", "header content-type must be application/json"),
            header("content-type", "text/plain", "header content-type must be application/json"),
            header("content-type", "application/jsonl", "header content-type must be application/json"),
            header("content-type", "application/cloudevents+json", "header content-type must be application/json"),
            value("no value", (byte[]) null, "the record has no value"),
            value("empty value", "", "the value is not JSON: a JSON value is expected, but the text ends (at byte 0)"),
            value("value of white space", " \n", "the value is not JSON: a JSON value is expected, but the text ends"),
            value("text", "hello", "the value is not JSON: a JSON value is expected (at byte 0)"),
            value("two values", "1 2", "the value is not JSON: nothing may follow the JSON value (at byte 2)"),
            value(
                    "half an object",
                    "{\"a\":1",
                    "the value is not JSON: '}' is expected, but the text ends (at byte 6)"),
            value("Latin-1", "\"é\"".getBytes(ISO_8859_1), "the value is not JSON: invalid UTF-8 (at byte 1)"),
            value("501 arrays", nested(501), "the value is not JSON: arrays and objects are nested deeper than 500"),
            value("too large", sized((1 << 20) + 1), "the value is larger than 1048576 bytes"));

    private static Refused header(String header, String value, String message) {
        String what = header + " is '" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "'";
        return new Refused(what, with(header, value.getBytes(UTF_8)), message);
    }

    private static Refused value(String what, String value, String message) {
        return value(what, value.getBytes(UTF_8), message);
    }

    private static Refused value(String what, byte[] value, String message) {
        return new Refused(what, withValue(value), message);
    }

    @Test
    void aValueThatIsTooLargeHasAReasonOfItsOwn() {
        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> EventCodec.decode(withValue(sized((1 << 20) + 1))))
                .extracting(UndecodableRecordException::reason)
                .isEqualTo(DeadLetterReason.TOO_LARGE);
        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> EventCodec.decode(withValue(new byte[0])))
                .extracting(UndecodableRecordException::reason)
                .isEqualTo(DeadLetterReason.UNDECODABLE);
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void whatIsNotAnEventIsRefused(Refused refused) {
        assertRefused(refused.record, refused.message);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUBJECT", "PARTITION_KEY", "OWNER", "TRACEPARENT"})
    void eachRequiredHeaderIsRequired(EventHeader header) {
        assertRefused(without(header), "header " + header.key() + " is missing");
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBJECT", "PARTITION_KEY", "OWNER", "TRACEPARENT"})
    void eachOtherHeaderIsOptional(EventHeader header) {
        assertThatCode(() -> EventCodec.decode(without(header))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRACEPARENT")
    void aHeaderWithoutValueIsRefused(EventHeader header) {
        assertRefused(with(header.key(), null), "header " + header.key() + " has no value");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRACEPARENT")
    void aHeaderThatIsNotUtf8IsRefused(EventHeader header) {
        assertRefused(with(header.key(), "é".getBytes(ISO_8859_1)), "header " + header.key() + " is not UTF-8");
        assertRefused(with(header.key(), bytes(0xED, 0xA0, 0x80)), "header " + header.key() + " is not UTF-8");
    }

    static final List<byte[]> BROKEN_TRACEPARENTS = List.of(
            bytes(), bytes(0xFF, 0xFE), "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01".getBytes(UTF_8));

    @ParameterizedTest
    @FieldSource("BROKEN_TRACEPARENTS")
    void aBrokenTraceContextIsDroppedAndTheEventIsKept(byte[] broken) throws Exception {
        assertThat(decodeWith("traceparent", broken).traceparent()).isNull();
    }

    @Test
    void aTraceContextWithoutValueIsDroppedAndTheEventIsKept() throws Exception {
        assertThat(decodeWith("traceparent", null).traceparent()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "Application/JSON ;profile=x"
            })
    void aContentTypeMayHaveParametersAndAnyCase(String contentType) {
        assertThatCode(() -> decodeWith("content-type", contentType.getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.678Z",
                "2026-01-02t03:04:05.678z",
                "2026-01-02T03:04:05.678+00:00",
                "2026-01-02T03:04:05.678-00:00",
                "2026-01-02T08:34:05.678+05:30",
                "2026-01-01T22:04:05.678-05:00",
                "2026-01-02T03:04:05.678000Z",
                "2026-01-02T03:04:05.678999999Z"
            })
    void aTimeMayHaveAnyOffsetAndIsCutToMilliseconds(String time) throws Exception {
        assertThat(decodeWith("ce_time", time.getBytes(UTF_8)).time()).isEqualTo("2026-01-02T03:04:05.678Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
    void aTimeMayHaveAnyYearOfFourDigits(String time) throws Exception {
        assertThat(decodeWith("ce_time", time.getBytes(UTF_8)).time()).isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d9f6c1e-3c57-4b6e-8a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-5b6e-9a53-6c0a3f6d2b11",
                "0d9f6c1e-3c57-7b6e-aa53-6c0a3f6d2b11",
                "0D9F6C1E-3C57-4B6E-BA53-6C0A3F6D2B11"
            })
    void anIdMayHaveTheVersionsThatTheApiGivesOut(String id) throws Exception {
        assertThat(decodeWith("ce_id", id.getBytes(UTF_8)).id().toString()).isEqualToIgnoringCase(id);
    }

    @Test
    void theLongestAttributesPass() throws Exception {
        // Given
        String longest = "🚀".repeat(64);

        // When
        Event event = EventCodec.decode(Golden.consumed(
                new byte[0],
                sized(1 << 20),
                headers("ce_type", longest)
                        .add("ce_subject", longest.getBytes(UTF_8))
                        .add("ce_partitionkey", longest.getBytes(UTF_8))
                        .add("ce_source", longest.getBytes(UTF_8))
                        .add("ce_caller", longest.repeat(4).getBytes(UTF_8))
                        .add("ce_owner", longest.repeat(4).getBytes(UTF_8))));

        // Then
        assertThat(event.type()).isEqualTo(longest);
        assertThat(event.subject()).isEqualTo(longest);
        assertThat(event.key()).isEqualTo(longest);
        assertThat(event.caller()).hasSize(64 * 2 * 4);
        assertThat(event.owner()).hasSize(64 * 2 * 4);
        assertThat(event.payload()).hasSize(1 << 20);
    }

    @Test
    void fiveHundredLevelsPass() throws Exception {
        assertThat(EventCodec.decode(withValue(nested(500).getBytes(UTF_8))).payload())
                .hasSize(1000);
    }

    @Test
    void ofAHeaderThatStandsTwiceTheLastCounts() throws Exception {
        // Given
        Headers headers = headers("ce_type", "first").add("ce_type", "second".getBytes(UTF_8));

        // When
        Event event = EventCodec.decode(Golden.consumed(null, bytes('1'), headers));

        // Then
        assertThat(event.type()).isEqualTo("second");
    }

    @Test
    void headersOfOthersDoNotMatter() throws Exception {
        assertThat(decodeWith("ce_dataschema", bytes(0xFF)))
                .isEqualTo(EventCodec.decode(Golden.record("event-full.txt")));
    }

    @Test
    void theRecordKeyDoesNotMatter() throws Exception {
        // Given
        ConsumerRecord<byte[], byte[]> golden = Golden.record("event-full.txt");

        // When
        Event event = EventCodec.decode(Golden.consumed(null, golden.value(), golden.headers()));

        // Then
        assertThat(event).isEqualTo(EventCodec.decode(golden));
    }

    @Test
    void theMessageQuotesNothingOfTheRecord() {
        for (EventHeader header : EventHeader.values()) {
            if (header != EventHeader.TRACEPARENT) {
                assertThatThrownBy(() -> decodeWith(header.key(), "s3cret\u0000".getBytes(UTF_8)))
                        .hasMessageNotContaining("s3cret");
            }
        }
        assertThatThrownBy(() -> EventCodec.decode(withValue("s3cret".getBytes(UTF_8))))
                .hasMessageNotContaining("s3cret");
    }

    private static void assertRefused(ConsumerRecord<byte[], byte[]> record, String message) {
        assertThatThrownBy(() -> EventCodec.decode(record))
                .isInstanceOf(UndecodableRecordException.class)
                .hasMessageStartingWith(message);
    }

    private static Event decodeWith(String header, byte[] value) throws UndecodableRecordException {
        return EventCodec.decode(with(header, value));
    }

    private static ConsumerRecord<byte[], byte[]> with(String header, byte[] value) {
        ConsumerRecord<byte[], byte[]> golden = Golden.record("event-full.txt");
        golden.headers().remove(header).add(header, value);
        return golden;
    }

    private static Headers headers(String header, String value) {
        return with(header, value.getBytes(UTF_8)).headers();
    }

    private static ConsumerRecord<byte[], byte[]> without(EventHeader header) {
        ConsumerRecord<byte[], byte[]> golden = Golden.record("event-full.txt");
        golden.headers().remove(header.key());
        return golden;
    }

    private static ConsumerRecord<byte[], byte[]> withValue(byte[] value) {
        ConsumerRecord<byte[], byte[]> golden = Golden.record("event-full.txt");
        return Golden.consumed(golden.key(), value, golden.headers());
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** A JSON string of so many bytes. */
    private static byte[] sized(int bytes) {
        return ('"' + "x".repeat(bytes - 2) + '"').getBytes(UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
