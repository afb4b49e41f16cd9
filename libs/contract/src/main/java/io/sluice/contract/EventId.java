package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of events: from the client, from its {@code Idempotency-Key} or CloudEvent, from a dead letter, or new.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562, UUIDs</a>
 */
public final class EventId {

    /** The namespace of ids made of an {@code Idempotency-Key}. */
    static final UUID IDEMPOTENCY_KEYS = UUID.fromString("925a411f-dde6-4f30-8431-67bf6e6f8d67");

    /** The namespace of ids made of a CloudEvent's source and id. */
    static final UUID CLOUD_EVENTS = UUID.fromString("480336fd-2f07-41d9-aab5-eb307d300e6d");

    /** The namespace of ids of events that a dead letter was redriven as. */
    static final UUID REDRIVEN_AS_NEW = UUID.fromString("2f0b1c5e-6d0e-4c57-9a53-0c8f3c9e7d14");

    private EventId() {}

    /** A new id: UUID version 7, so that ids made one after the other lie beside each other in the index. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpochFast();
    }

    /**
     * The id that a client chose.
     *
     * @return empty unless the text is the canonical form of a UUID of version 4 or 7 (in either case). The other
     *     versions are left to ids that Sluice derives, so that no client can meet one of them by choice.
     */
    public static Optional<UUID> chosen(String text) {
        return canonical(text).filter(id -> id.version() == 4 || id.version() == 7);
    }

    /** The id that this key means when this caller sends it: UUID version 5 of both. */
    public static UUID ofIdempotencyKey(String caller, String idempotencyKey) {
        byte[] name = LengthPrefixed.join(caller, idempotencyKey);
        return UuidCreator.getNameBasedSha1(IDEMPOTENCY_KEYS, name);
    }

    /**
     * The id that a CloudEvent of this source and id means when this caller sends it: UUID version 5 of the three. A CloudEvent is known by
     * its source and id together (CloudEvents 1.0, section 3.1.1).
     */
    public static UUID ofCloudEvent(String caller, String source, String id) {
        return UuidCreator.getNameBasedSha1(CLOUD_EVENTS, LengthPrefixed.join(caller, source, id));
    }

    /**
     * The id of an event, of any version that the api gives out.
     *
     * @return empty unless the text is the canonical form of a UUID of version 4, 5 or 7
     */
    public static Optional<UUID> parse(String text) {
        return canonical(text).filter(id -> id.version() == 4 || id.version() == 5 || id.version() == 7);
    }

    private static Optional<UUID> canonical(String text) {
        try {
            UUID id = UUID.fromString(text);
            // UUID.fromString also takes short forms such as 1-1-1-1-1.
            return id.variant() == 2 && id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    /**
     * The id of the new event that a dead letter is redriven as: UUID version 5 of the dead letter's. It is the same however
     * often that is done, and so the event is stored once.
     */
    public static UUID ofRedriven(UUID deadLetterId) {
        return UuidCreator.getNameBasedSha1(
                REDRIVEN_AS_NEW, deadLetterId.toString().getBytes(UTF_8));
    }

    /** A dead letter's id: UUID version 5 of where its record first lay, the same however often that is read. */
    public static UUID ofDeadLetter(UUID topicId, int partition, long offset) {
        ByteBuffer origin = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
        origin.putInt(partition).putLong(offset);
        return UuidCreator.getNameBasedSha1(topicId, origin.array());
    }
}
