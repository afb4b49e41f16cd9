package io.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import java.util.Random;
import java.util.UUID;

/**
 * The events of a client for one of its keys, numbered from 1 on; the number determines all of an event.
 *
 * @param run distinguishes the events of different runs
 * @param client number of the client
 * @param key number of the key
 */
record Series(String run, int client, int key) {

    private static final int MOST_FILLING = 400;

    /** The key of its events; no other series has it. */
    String name() {
        return "%s/client-%d/key-%d".formatted(run, client, key);
    }

    String idempotencyKey(int number) {
        return name() + "/" + number;
    }

    UUID id(int number) {
        return EventId.ofIdempotencyKey(Event.ANONYMOUS, idempotencyKey(number));
    }

    /** White space, an escape and a number that would not survive parsing and serialization. */
    byte[] payload(int number) {
        String filling = "ä€😀\\u0041".repeat(new Random(number).nextInt(MOST_FILLING / 8));
        return "{ \"client\": %d, \"key\": \"%s\",  \"number\": %d, \"value\": 1.50, \"filling\": \"%s\" }"
                .formatted(client, name(), number, filling)
                .getBytes(UTF_8);
    }

    /** The body of the request that posts it. */
    byte[] request(int number) {
        return "{\"type\":\"chaos\",\"key\":\"%s\",\"payload\":%s}"
                .formatted(name(), new String(payload(number), UTF_8))
                .getBytes(UTF_8);
    }
}
