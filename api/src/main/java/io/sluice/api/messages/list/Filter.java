package io.sluice.api.messages.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A filter for messages; where a component is {@code null}, it lets all pass.
 *
 * @param since only those that were stored at this time or later
 * @param until only those that were stored before this time
 */
public record Filter(
        @Nullable String key,
        @Nullable String type,
        @Nullable String subject,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Names of what one can filter by, for people. */
    static final String NAMES = "key, type, subject, since, until or order";

    /** The same, for messages that were stored before this time. */
    Filter until(Instant time) {
        return new Filter(key, type, subject, since, time);
    }

    /** The fingerprint that a cursor of a list in this order is bound to. */
    Fingerprint fingerprint(Order order) {
        // Cursors of earlier releases, which knew neither, go on to hold.
        String ofOrder = order == Order.DESC ? "" : order.parameter();
        String ofTime = since == null && until == null ? "" : since + "/" + until;
        return Fingerprint.of(ofOrder, type == null ? "" : type, key, subject, ofTime.getBytes(UTF_8));
    }
}
