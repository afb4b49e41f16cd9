package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventHeader;
import io.sluice.contract.ReservedTypes;
import io.sluice.contract.Topic;
import io.sluice.contract.UndecodableRecordException;
import io.sluice.settings.KafkaSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the records that dead letters are sent again as. */
@Singleton
class RedriveEncoder {

    private final String topic;
    private final Clock clock;

    RedriveEncoder(KafkaSettings settings, Clock clock) {
        this.topic = settings.topicName(Topic.MESSAGES);
        this.clock = clock;
    }

    /**
     * The record of a dead letter: what failed the last time, or the new event that it has to become. It says whose redrive it is, and
     * that is the last header of this name.
     *
     * @throws NotRedrivableException if it can come to nothing
     */
    ProducerRecord<byte[], byte[]> encode(Candidate letter, Mode mode) throws NotRedrivableException {
        if (letter.state().equals(State.RESOLVED.code())) {
            throw new NotRedrivableException("It is resolved: its event is stored, or somebody has put it away.");
        }
        Mode possible = Mode.of(letter.reason());
        // As new, what has failed as new is the same event again.
        if (mode != possible && !(mode == Mode.AS_NEW && letter.failedAsNew())) {
            throw new NotRedrivableException("This cannot be redriven so: " + possible.remedy(letter.reason()) + ".");
        }
        ProducerRecord<byte[], byte[]> record =
                switch (mode) {
                    case AS_IT_IS -> letter.failedAsNew() ? asNew(letter) : asItIs(letter);
                    case AS_NEW -> asNew(letter);
                };
        add(record.headers(), DeadLetterHeader.ID.key(), letter.id().toString());
        return record;
    }

    private ProducerRecord<byte[], byte[]> asItIs(Candidate letter) {
        return new ProducerRecord<>(
                topic, null, null, letter.key(), letter.value(), new RecordHeaders(letter.headers()));
    }

    private ProducerRecord<byte[], byte[]> asNew(Candidate letter) throws NotRedrivableException {
        Event event = newEvent(letter);
        if (event.isOfFeature() || ReservedTypes.contains(event.type())) {
            throw new NotRedrivableException(
                    ProblemCode.RESERVED_TYPE,
                    "It is an event of a feature, or of a type that is reserved for these: nobody else can make a new one. Resolve it.");
        }
        return EventCodec.encode(event, topic);
    }

    /**
     * The record as an event with an id of its own, which is the same each time. Attributes that the record lacks have their
     * defaults.
     */
    private Event newEvent(Candidate letter) throws NotRedrivableException {
        Headers headers = new RecordHeaders(letter.headers());
        setDefault(headers, EventHeader.TYPE, Event.DEFAULT_TYPE);
        setDefault(headers, EventHeader.CALLER, Event.ANONYMOUS);
        setDefault(headers, EventHeader.TIME, clock.instant().toString());
        // These say how the record was written and not what: that is decided anew. The last of a name counts.
        add(headers, EventHeader.ID.key(), letter.newEventId().toString());
        add(headers, EventHeader.SPEC_VERSION.key(), "1.0");
        add(headers, EventHeader.SOURCE.key(), EventCodec.SOURCE);
        add(headers, EventHeader.CONTENT_TYPE.key(), "application/json");
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic, 0, 0, letter.key(), letter.value());
        headers.forEach(record.headers()::add);
        try {
            return EventCodec.decode(record);
        } catch (UndecodableRecordException e) {
            throw new NotRedrivableException(
                    "No event can be made of it: %s. Post what it should have been, and resolve it."
                            .formatted(e.getMessage()));
        }
    }

    private static void setDefault(Headers headers, EventHeader header, String value) {
        if (headers.lastHeader(header.key()) == null) {
            add(headers, header.key(), value);
        }
    }

    private static void add(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(UTF_8));
    }
}
