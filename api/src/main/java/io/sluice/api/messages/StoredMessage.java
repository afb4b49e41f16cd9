package io.sluice.api.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param seq orders rows of one {@code storedAt}
 * @param time when the api took it, by the api's clock
 * @param storedAt when it was stored, by PostgreSQL's clock, in microseconds
 * @param traceparent the W3C trace context it came with, or {@code null}
 * @param payload the bytes that the client sent
 */
record StoredMessage(
        UUID id,
        long seq,
        String type,
        @Nullable String key,
        @Nullable String subject,
        Instant time,
        Instant storedAt,
        @Nullable String traceparent,
        byte[] payload) {}
