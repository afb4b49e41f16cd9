package io.sluice.api.publishing;

import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Reasons for which Kafka refuses an event for certain, and will again until somebody mends the cause. After any other failure the
 * event may be in Kafka: it was not answered in time, or with an error that stands for a broker's trouble behind the write, as
 * {@code NOT_ENOUGH_REPLICAS_AFTER_APPEND}; or the producer tries it again by itself.
 */
enum Rejection {
    /** {@code MESSAGE_TOO_LARGE}, {@code RECORD_LIST_TOO_LARGE}. */
    TOO_LARGE("the topic's max.message.bytes is smaller than this event; run init-job, which corrects it"),
    /** {@code INVALID_TIMESTAMP}, and {@code INVALID_RECORD} for that reason. */
    TIMESTAMP("this machine's clock and the broker's differ by more than the topic's message.timestamp.after.max.ms or "
            + "message.timestamp.before.max.ms; set the clocks"),
    /** {@code TOPIC_AUTHORIZATION_FAILED}, {@code CLUSTER_AUTHORIZATION_FAILED}. */
    NOT_AUTHORIZED("Kafka's user may not write; grant it Write on the topic"),
    /** {@code INVALID_RECORD}, {@code POLICY_VIOLATION}, {@code INVALID_TOPIC_EXCEPTION}. */
    INVALID(
            "the topic's settings do not allow this event, as cleanup.policy=compact one without a key; run init-job, which "
                    + "corrects them"),
    /** {@code UNSUPPORTED_VERSION} and the like. */
    UNSUPPORTED("the broker is too old, or its settings are of an older version; it has to be 2.1 or newer");

    private final String remedy;

    Rejection(String remedy) {
        this.remedy = remedy;
    }

    /** The rejection that a failure of the producer is, if it is one. */
    static Optional<Rejection> of(@Nullable Exception failure) {
        if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            return Optional.of(TOO_LARGE);
        }
        if (failure instanceof InvalidTimestampException) {
            return Optional.of(TIMESTAMP);
        }
        if (failure instanceof AuthorizationException) {
            return Optional.of(NOT_AUTHORIZED);
        }
        if (failure instanceof InvalidRecordException) {
            // Of a batch that has several such records the producer tells them apart by their texts alone.
            return Optional.of(String.valueOf(failure.getMessage()).startsWith("Timestamp ") ? TIMESTAMP : INVALID);
        }
        if (failure instanceof PolicyViolationException || failure instanceof InvalidTopicException) {
            return Optional.of(INVALID);
        }
        if (failure instanceof UnsupportedVersionException
                || failure instanceof UnsupportedForMessageFormatException
                || failure instanceof UnsupportedCompressionTypeException) {
            return Optional.of(UNSUPPORTED);
        }
        return Optional.empty();
    }

    /** True if another event can be taken while one is refused for this reason. */
    boolean dependsOnEvent() {
        return this == TOO_LARGE || this == INVALID;
    }

    /** The name in metrics and logs. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fault and its remedy, for people. */
    String remedy() {
        return remedy;
    }
}
