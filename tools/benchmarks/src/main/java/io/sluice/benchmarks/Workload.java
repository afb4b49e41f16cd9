package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.contract.Event;
import io.sluice.contract.EventId;
import java.time.Instant;
import java.util.Random;

/**
 * Events that look like orders, the same in each run: a type, one of 10,000 keys, one of 100 subjects, and a JSON object as
 * payload.
 *
 * @param payloadBytes the size of each payload, from 100 on
 */
record Workload(int payloadBytes) {

    private static final int KEYS = 10_000;
    private static final int SUBJECTS = 100;
    private static final String TYPE = "order.placed";
    private static final String END = "],\"note\":\"";

    /** The n-th event as a client posts it. */
    String body(int n) {
        return "{\"type\":\"%s\",\"key\":\"%s\",\"subject\":\"%s\",\"payload\":%s}"
                .formatted(TYPE, key(n), subject(n), payload(n));
    }

    /** The n-th event as the api publishes it, with an id that is new each time. */
    Event event(int n) {
        return new Event(
                EventId.next(),
                TYPE,
                key(n),
                subject(n),
                Instant.now(),
                Event.ANONYMOUS,
                null,
                payload(n).getBytes(US_ASCII));
    }

    private static String key(int n) {
        return "customer-" + new Random(n).nextInt(KEYS);
    }

    private static String subject(int n) {
        return "orders-" + n % SUBJECTS;
    }

    /** As many items as fit, and a note that fills the remaining bytes. */
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
