package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.PageLink;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Fingerprint;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A filter for dead letters; each part is {@code null} for all.
 *
 * @param state a {@link State#code()}
 * @param reason a {@link DeadLetterReason#code()}
 * @param type of the event
 * @param key of the event
 * @param subject of the event
 */
record Filter(
        @Nullable String state,
        @Nullable String reason,
        @Nullable String type,
        @Nullable String key,
        @Nullable String subject) {

    /** The names of the parameters. */
    static final List<String> PARAMETERS = List.of("state", "reason", "type", "key", "subject");

    private static final List<String> STATES =
            Stream.of(State.values()).map(State::code).toList();
    private static final List<String> REASONS =
            Stream.of(DeadLetterReason.values()).map(DeadLetterReason::code).toList();

    /** Reads the parameters. */
    static Filter parse(Query query, Violations violations) {
        return new Filter(
                oneOf(STATES, "state", query, violations),
                oneOf(REASONS, "reason", query, violations),
                query.attribute("type", violations),
                query.attribute("key", violations),
                query.attribute("subject", violations));
    }

    private static @Nullable String oneOf(List<String> allowed, String name, Query query, Violations violations) {
        String value = query.get(name);
        if (value != null && !allowed.contains(value)) {
            violations.add(Violation.inQuery(name, "must be one of " + String.join(", ", allowed)));
        }
        return value;
    }

    /** The same, of another state. */
    Filter withState(String other) {
        return new Filter(other, reason, type, key, subject);
    }

    /**
     * The cursor of a text that a client sent with this filter, or {@code null} for none.
     *
     * @throws ProblemException if it is not one, or was made with another filter
     */
    @Nullable Cursor cursor(@Nullable String text) {
        return text == null ? null : Cursor.decode(text, fingerprint(), "state, reason, type, key or subject");
    }

    /** The fingerprint that a cursor is bound to. */
    Fingerprint fingerprint() {
        String names = Stream.of(state, reason).map(String::valueOf).collect(joining(" "));
        return Fingerprint.of("dead-letters", String.valueOf(type), key, subject, names.getBytes(UTF_8));
    }

    /** Asks for the next page of these. */
    PageLink next(String cursor, int limit) {
        return new PageLink(cursor, limit)
                .with("state", state)
                .with("reason", reason)
                .with("type", type)
                .with("key", key)
                .with("subject", subject);
    }
}
