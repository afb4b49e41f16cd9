package io.sluice.consumer.deadletters;

import io.sluice.contract.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A failure, decoded from its record.
 *
 * @param id of the dead letter
 * @param attemptId of this failure
 * @param reason the code in the record
 * @param detail one sentence
 * @param originTopic topic of the record that failed
 * @param originPartition its partition
 * @param originOffset its offset
 * @param key of the record that failed
 * @param value of the record that failed
 * @param headers of the record that failed
 * @param event the decoded event, or {@code null} if the record is not an event
 * @param failedAt time of the failure
 */
record DecodedDeadLetter(
        UUID id,
        UUID attemptId,
        String reason,
        String detail,
        String originTopic,
        int originPartition,
        long originOffset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable Event event,
        Instant failedAt) {}
