package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Events that look like orders, the same in each run: a type, a key, one of 100 subjects, and a JSON object as payload.
 *
 * @param payloadBytes the size of each payload, from 100 on
 * @param ids version of their UUIDs
 * @param keys number of keys, of which each event has one at random
 */
record Workload(int payloadBytes, Ids ids, int keys) {

    private static final int DEFAULT_KEYS = 10_000;

    /** Contents with ids as the api makes them itself, and 10,000 keys. */
    Workload(int payloadBytes) {
        this(payloadBytes, Ids.V7, DEFAULT_KEYS);
    }

    Workload withPayload(int bytes) {
        return new Workload(bytes, ids, keys);
    }

    Workload withIds(Ids version) {
        return new Workload(payloadBytes, version, keys);
    }

    Workload withKeys(int number) {
        return new Workload(payloadBytes, ids, number);
    }

    /** The versions of UUIDs that ids of events have; the others than 7 lie anywhere in the index. */
    enum Ids {
        /** Chosen by the client. */
        V4,
        /** Made of an {@code Idempotency-Key}. */
        V5,
        /** Made by the api. */
        V7;

        /** The version that a text names. */
        static Optional<Ids> named(String text) {
            return Arrays.stream(values())
                    .filter(ids -> ids.name().equalsIgnoreCase(text))
                    .findFirst();
        }

        private UUID next(int n) {
            return switch (this) {
                case V4 -> UUID.randomUUID();
                case V5 -> EventId.ofIdempotencyKey(Event.ANONYMOUS, "order-" + n);
                case V7 -> EventId.next();
            };
        }
    }

    private static final int SUBJECTS = 100;
    private static final String TYPE = "order.placed";
    private static final String END = "],\"note\":\"";

    /** The n-th event as a client posts it. */
    String body(int n) {
        return "{\"type\":\"%s\",\"key\":\"%s\",\"subject\":\"%s\",\"payload\":%s}"
                .formatted(TYPE, key(n), subject(n), payload(n));
    }

    /** The n-th event as the api publishes it, with an id that is new each time, but for V5. */
    Event event(int n) {
        return new Event(
                ids.next(n),
                TYPE,
                key(n),
                subject(n),
                Instant.now(),
                Event.ANONYMOUS,
                null,
                payload(n).getBytes(US_ASCII));
    }

    /** The key of the n-th event. */
    String key(int n) {
        return "customer-" + new Random(n).nextInt(keys);
    }

    private static String subject(int n) {
        return "orders-" + n % SUBJECTS;
    }

    /** The payload of an event: as many items as fit, and a note that fills the remaining bytes. */
    String payload(int n) {
        Random random = new Random(n);
        StringBuilder json = new StringBuilder("{\"order\":").append(n).append(",\"items\":[");
        for (String item = item(random); fits(json, item); item = item(random)) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",").append(item);
        }
        json.append(END);
        return json.append("x".repeat(payloadBytes - json.length() - 2))
                .append("\"}")
                .toString();
    }

    private boolean fits(StringBuilder json, String item) {
        return json.length() + item.length() + END.length() + 3 <= payloadBytes;
    }

    private static String item(Random random) {
        return "{\"sku\":\"SKU-%05d\",\"quantity\":%d,\"price\":%d.%02d}"
                .formatted(random.nextInt(100_000), 1 + random.nextInt(9), random.nextInt(500), random.nextInt(100));
    }
}
