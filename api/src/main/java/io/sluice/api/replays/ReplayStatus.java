package io.sluice.api.replays;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Status of a replay. */
enum ReplayStatus {
    /** No consumer has begun yet. */
    QUEUED,
    /** A consumer has begun. */
    RUNNING,
    /** Kafka has acknowledged all its events. */
    DONE,
    /** Given up, with a reason. */
    FAILED,
    /** Ended by its owner. */
    CANCELLED;

    /** All codes. */
    static final List<String> CODES =
            Stream.of(values()).map(ReplayStatus::code).toList();

    /** Code for clients and in the table. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a code. */
    static ReplayStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
