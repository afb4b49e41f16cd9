package io.sluice.consumer.deadletters;

import io.sluice.contract.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A failure, as its record tells it.
 *
 * @param id of the dead letter
 * @param attemptId of this failure
 * @param reason as on the record
 * @param detail one sentence
 * @param originTopic the name of the topic that the record lay on
 * @param originPartition its partition there
 * @param originOffset its offset there
 * @param key of the record that failed
 * @param value of the record that failed
 * @param headers of the record that failed
 * @param event what it holds, or {@code null} where it is no event
 * @param failedAt when
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
