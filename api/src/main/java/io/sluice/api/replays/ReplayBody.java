package io.sluice.api.replays;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Rfc3339;
import io.sluice.contract.EventLimits;
import io.sluice.contract.ReplayHandler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Body of a request for a replay, with each member as it was sent. */
record ReplayBody(
        @Nullable String since,
        @Nullable String until,
        @Nullable String key,
        @Nullable String type,
        @Nullable String handler) {

    /** Larger than the largest one, however it is escaped. */
    static final int MAX_BODY_BYTES = 16 << 10;

    private static final String HANDLERS =
            Stream.of(ReplayHandler.values()).map(ReplayHandler::code).collect(Collectors.joining(", "));

    /**
     * Makes an order of it.
     *
     * @throws ProblemException with every violation
     */
    ReplayOrder order() {
        Violations violations = new Violations();
        Instant from = time("since", since, violations);
        Instant to = time("until", until, violations);
        attribute("key", key, violations);
        attribute("type", type, violations);
        if (handler != null && ReplayHandler.of(handler).isEmpty()) {
            violations.add(
                    Violation.inMember("handler", "must be one of %s; leave it out for the topic".formatted(HANDLERS)));
        }
        if (since == null && key == null) {
            violations.add(Violation.inBody(
                    "must have since, key or both; for all events, give a since from before the first was stored"));
        }
        if (from != null && to != null && !from.isBefore(to)) {
            violations.add(Violation.inMember("until", "must be later than since"));
        }
        violations.refuse();
        return new ReplayOrder(from, to, key, type, handler);
    }

    private static @Nullable Instant time(String name, @Nullable String text, Violations violations) {
        Instant time = text == null ? null : Rfc3339.parse(text).orElse(null);
        if (text != null && time == null) {
            violations.add(Violation.inMember(name, "must be a time of RFC 3339, as in 2026-11-28T03:04:05Z"));
        }
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static void attribute(String name, @Nullable String value, Violations violations) {
        String violation = value == null ? null : EventLimits.violation(value);
        if (violation != null) {
            violations.add(Violation.inMember(name, violation));
        }
    }
}
