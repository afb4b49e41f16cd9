package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.consumer.topics.Topics;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventId;
import io.sluice.contract.Topic;
import io.sluice.contract.UndecodableRecordException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of the topic {@code dead-letters}. Every record, also a foreign one, becomes a row that the table
 * accepts.
 */
@Singleton
class DeadLetterDecoder {

    private static final int LONGEST_TEXT = 2_000;
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private final Topics topics;

    DeadLetterDecoder(Topics topics) {
        this.topics = topics;
    }

    /** Decodes a record; for a foreign record this may query the broker, and wait for its answer. */
    DecodedDeadLetter decode(ConsumerRecord<byte[], byte @Nullable []> record) {
        List<Header> original = new ArrayList<>(Arrays.asList(record.headers().toArray()));
        Map<DeadLetterHeader, String> ours = takeOurs(original);
        return known(record, original, ours).orElseGet(() -> foreign(record));
    }

    /** Removes the last header of each name: those were added by the consumer, earlier ones are the original's. */
    private static Map<DeadLetterHeader, String> takeOurs(List<Header> headers) {
        Map<DeadLetterHeader, String> ours = new EnumMap<>(DeadLetterHeader.class);
        for (DeadLetterHeader name : DeadLetterHeader.values()) {
            for (int i = headers.size() - 1; i >= 0; i--) {
                if (headers.get(i).key().equals(name.key())) {
                    ours.put(name, text(headers.remove(i).value()));
                    break;
                }
            }
        }
        return ours;
    }

    private static Optional<DecodedDeadLetter> known(
            ConsumerRecord<byte[], byte @Nullable []> record,
            List<Header> headers,
            Map<DeadLetterHeader, String> ours) {
        if (ours.size() < DeadLetterHeader.values().length) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DecodedDeadLetter(
                    UUID.fromString(ours.get(DeadLetterHeader.ID)),
                    UUID.fromString(ours.get(DeadLetterHeader.ATTEMPT_ID)),
                    String.valueOf(ours.get(DeadLetterHeader.REASON)),
                    String.valueOf(ours.get(DeadLetterHeader.DETAIL)),
                    String.valueOf(ours.get(DeadLetterHeader.ORIGIN_TOPIC)),
                    Integer.parseInt(ours.get(DeadLetterHeader.ORIGIN_PARTITION)),
                    Long.parseLong(ours.get(DeadLetterHeader.ORIGIN_OFFSET)),
                    record.key(),
                    record.value(),
                    headers,
                    event(record, headers),
                    time(record)));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private DecodedDeadLetter foreign(ConsumerRecord<byte[], byte @Nullable []> record) {
        UUID id = EventId.ofDeadLetter(topics.awaitId(Topic.DEAD_LETTERS), record.partition(), record.offset());
        List<Header> headers = Arrays.asList(record.headers().toArray());
        return new DecodedDeadLetter(
                id,
                id,
                DeadLetterReason.FOREIGN.code(),
                "something else than Sluice has put it on this topic",
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                headers,
                event(record, headers),
                time(record));
    }

    private static @Nullable Event event(ConsumerRecord<byte[], byte @Nullable []> record, List<Header> headers) {
        try {
            return EventCodec.decode(new ConsumerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.timestampType(),
                    record.serializedKeySize(),
                    record.serializedValueSize(),
                    record.key(),
                    record.value(),
                    new RecordHeaders(headers),
                    record.leaderEpoch()));
        } catch (UndecodableRecordException | RuntimeException e) {
            // Includes faults of the decoder, which would fail on this record forever.
            return null;
        }
    }

    /**
     * The record's timestamp, or the epoch if it is outside of what PostgreSQL stores: a foreign producer may write
     * anything.
     */
    private static Instant time(ConsumerRecord<?, ?> record) {
        Instant time = Instant.ofEpochMilli(record.timestamp());
        return time.isBefore(Instant.EPOCH) || !time.isBefore(YEAR_10000) ? Instant.EPOCH : time;
    }

    /** Text without NUL, which PostgreSQL rejects, and of bounded length. */
    private static String text(byte @Nullable [] value) {
        String text = value == null ? "" : new String(value, UTF_8).replace('\0', '\uFFFD');
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT / 2));
    }
}
