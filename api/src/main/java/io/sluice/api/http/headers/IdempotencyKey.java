package io.sluice.api.http.headers;

import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.EventLimits;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/**
 * The header {@code Idempotency-Key}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP header
 *     field</a>
 */
public final class IdempotencyKey {

    /** Name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private IdempotencyKey() {}

    /**
     * The key as it stands in the header, quotes included.
     *
     * @param violations takes it if that is not 1 to {@value EventLimits#MAX_ATTRIBUTE_BYTES} printable characters of ASCII
     */
    public static Optional<String> of(MultiMap headers, Violations violations) {
        List<String> values = headers.getAll(HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            violations.add(Violation.inHeader(HEADER, "must be sent once"));
            return Optional.empty();
        }
        String key = values.get(0);
        if (key.isEmpty() || key.length() > EventLimits.MAX_ATTRIBUTE_BYTES || !isPrintable(key)) {
            violations.add(Violation.inHeader(
                    HEADER, "must be 1 to " + EventLimits.MAX_ATTRIBUTE_BYTES + " printable characters of ASCII"));
        }
        return Optional.of(key);
    }

    private static boolean isPrintable(String key) {
        return key.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }
}
