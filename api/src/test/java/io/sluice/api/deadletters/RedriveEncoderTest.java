package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventId;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedriveEncoderTest {

    private static final UUID ID = UUID.fromString("e59789f8-dc69-50f0-9520-a6b5c0006ce0");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final byte[] VALUE = "{ \"total\": 99.50 }".getBytes(UTF_8);

    private final RedriveEncoder encoder = new RedriveEncoder(
            Environment.read(Map.of("TOPIC_PREFIX", "test.")::get, KafkaSettings::new),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatTheDatabaseRejectedIsSentAsItIs() throws Exception {
        // Given
        List<Header> headers =
                List.of(header("a", "1"), header("sluice_dead_letter_id", "of another time"), header("a", "2"));

        // When
        ProducerRecord<byte[], byte[]> record =
                encoder.encode(letter("rejected-by-database", VALUE, headers), Mode.AS_IT_IS);

        // Then
        assertThat(record.topic()).isEqualTo("test.messages");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).asString().isEqualTo("record's key");
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(record.headers().toArray())
                .containsExactly(
                        headers.get(0), headers.get(1), headers.get(2), header("sluice_dead_letter_id", ID.toString()));
    }

    @Test
    void asNewItIsTheSameEventUnderAnotherId() throws Exception {
        // Given
        Event event = Events.with()
                .type("order.placed")
                .key("order-42")
                .subject("orders")
                .caller("somebody")
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .time(Instant.parse("2025-12-31T00:00:00Z"))
                .payload(VALUE)
                .build();
        List<Header> headers =
                Arrays.asList(EventCodec.encode(event, "any").headers().toArray());

        // When
        ProducerRecord<byte[], byte[]> record =
                encoder.encode(letter("idempotency-conflict", VALUE, headers), Mode.AS_NEW);

        // Then
        assertThat(decoded(record))
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(event);
        assertThat(decoded(record).id()).isEqualTo(EventId.ofRedriven(ID));
        assertThat(record.key()).asString().isEqualTo("order-42");
        assertThat(record.headers().lastHeader("sluice_dead_letter_id"))
                .isEqualTo(header("sluice_dead_letter_id", ID.toString()));
    }

    @Test
    void whatTheRecordDoesNotSayIsAsForAPost() throws Exception {
        Event event = decoded(encoder.encode(letter("undecodable", VALUE, List.of()), Mode.AS_NEW));

        assertThat(event)
                .isEqualTo(new Event(EventId.ofRedriven(ID), "message", null, null, NOW, Event.ANONYMOUS, null, VALUE));
    }

    @Test
    void howTheRecordWasWrittenDoesNotMatter() throws Exception {
        List<Header> headers = List.of(
                header("ce_specversion", "0.3"),
                header("ce_id", "42"),
                header("ce_source", ""),
                header("content-type", "text/plain"),
                header("traceparent", "broken"),
                header("ce_type", "order.placed"));

        Event event = decoded(encoder.encode(letter("undecodable", VALUE, headers), Mode.AS_NEW));

        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.traceparent()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ce_type, task.completed", "ce_type, image.", "ce_caller, urn:sluice:outbox"})
    void nobodyButAFeatureMakesAnEventOfAFeature(String name, String value) {
        Candidate letter = letter("undecodable", VALUE, List.of(header(name, value)));

        assertThatThrownBy(() -> encoder.encode(letter, Mode.AS_NEW))
                .isInstanceOf(NotRedrivableException.class)
                .hasMessageContaining("nobody else can make a new one");
    }

    @Test
    void anEventOfAFeatureThatTheDatabaseRejectedIsSentAsItIs() throws Exception {
        List<Header> headers = List.of(header("ce_type", "task.completed"), header("ce_caller", "urn:sluice:outbox"));

        assertThat(encoder.encode(letter("rejected-by-database", VALUE, headers), Mode.AS_IT_IS)
                        .headers())
                .contains(headers.toArray(Header[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type,         '',         header ce_type must not be empty",
        "ce_subject,      '\u0001',   header ce_subject must not contain control characters",
        "ce_partitionkey, '',         header ce_partitionkey must not be empty",
        "ce_caller,       '',         header ce_caller must not be empty",
        "ce_time,         yesterday,  header ce_time must be a time",
    })
    void aHeaderThatSaysSomethingInvalidIsNamed(String name, String value, String detail) {
        Candidate letter = letter("undecodable", VALUE, List.of(header(name, value)));

        assertThatThrownBy(() -> encoder.encode(letter, Mode.AS_NEW))
                .isInstanceOf(NotRedrivableException.class)
                .hasMessageContaining(detail)
                .hasMessageContaining("resolve it");
    }

    @Test
    void aValueThatIsNoPayloadIsRefused() {
        assertThatThrownBy(() -> encoder.encode(letter("undecodable", "{".getBytes(UTF_8), List.of()), Mode.AS_NEW))
                .hasMessageContaining("the value is not JSON");
        assertThatThrownBy(() -> encoder.encode(letter("undecodable", null, List.of()), Mode.AS_NEW))
                .hasMessageContaining("the record has no value");
        assertThatThrownBy(() -> encoder.encode(letter("too-large", new byte[2 << 20], List.of()), Mode.AS_NEW))
                .hasMessageContaining("the value is larger than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({"undecodable", "too-large", "idempotency-conflict", "foreign", "of-a-later-version"})
    void whatWouldFailAgainIsRedrivenOnlyAsNew(String reason) {
        assertThatThrownBy(() -> encoder.encode(letter(reason, VALUE, List.of()), Mode.AS_IT_IS))
                .isInstanceOf(NotRedrivableException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("add as=new");
    }

    @Test
    void whatTheDatabaseRejectedIsNotSentAsNew() {
        assertThatThrownBy(() -> encoder.encode(letter("rejected-by-database", VALUE, List.of()), Mode.AS_NEW))
                .hasMessageContaining("leave as=new out");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatTheDatabaseRejectedAsNewIsTheNewEventAgain(Mode mode) throws Exception {
        // Given
        List<Header> headers = Arrays.asList(
                EventCodec.encode(Events.with().type("order.placed").build(), "any")
                        .headers()
                        .toArray());
        Candidate letter = failedAs(EventId.ofRedriven(ID), headers);

        // When
        ProducerRecord<byte[], byte[]> record = encoder.encode(letter, mode);

        // Then
        assertThat(decoded(record).id()).isEqualTo(EventId.ofRedriven(ID));
        assertThat(decoded(record).type()).isEqualTo("order.placed");
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(record.headers().lastHeader("sluice_dead_letter_id"))
                .isEqualTo(header("sluice_dead_letter_id", ID.toString()));
    }

    @Test
    void whatFailedAsAnotherEventThanTheNewOneIsTheRecordAgain() throws Exception {
        // Given
        UUID event = UUID.randomUUID();
        Candidate letter = failedAs(event, List.of(header("ce_id", event.toString())));

        // When
        ProducerRecord<byte[], byte[]> record = encoder.encode(letter, Mode.AS_IT_IS);

        // Then
        assertThat(record.headers().lastHeader("ce_id")).isEqualTo(header("ce_id", event.toString()));
        assertThatThrownBy(() -> encoder.encode(letter, Mode.AS_NEW)).hasMessageContaining("leave as=new out");
    }

    @Test
    void whatIsResolvedStaysSo() {
        Candidate resolved = new Candidate(ID, "resolved", "rejected-by-database", 1, null, null, VALUE, List.of());

        assertThatThrownBy(() -> encoder.encode(resolved, Mode.AS_IT_IS)).hasMessageContaining("It is resolved");
    }

    private static Candidate letter(String reason, byte[] value, List<Header> headers) {
        return new Candidate(ID, "open", reason, 1, null, "record's key".getBytes(UTF_8), value, headers);
    }

    /** Rejected by the database, the last time with this id. */
    private static Candidate failedAs(UUID event, List<Header> headers) {
        return new Candidate(ID, "open", "rejected-by-database", 2, event, null, VALUE, headers);
    }

    private static Header header(String key, String value) {
        return new RecordHeader(key, value.getBytes(UTF_8));
    }

    private static Event decoded(ProducerRecord<byte[], byte[]> record) throws Exception {
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        return EventCodec.decode(read);
    }
}
