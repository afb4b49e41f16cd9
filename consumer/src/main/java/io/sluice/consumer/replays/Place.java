package io.sluice.consumer.replays;

import java.time.OffsetDateTime;

/**
 * Place of a message in the order of storing.
 *
 * @param storedAt in microseconds, by PostgreSQL's clock
 * @param seq orders messages of one {@code storedAt}
 */
record Place(OffsetDateTime storedAt, long seq) {}
