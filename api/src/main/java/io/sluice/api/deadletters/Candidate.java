package io.sluice.api.deadletters;

import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is to be sent again.
 *
 * @param state a {@link State#code()}
 * @param reason why it failed the last time
 * @param attempts how often it had failed when it was read
 * @param key of the record
 * @param value of the record
 * @param headers of the record
 */
record Candidate(
        UUID id,
        String state,
        String reason,
        int attempts,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {}
