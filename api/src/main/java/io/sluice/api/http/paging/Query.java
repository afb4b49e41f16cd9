package io.sluice.api.http.paging;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.PercentEncoding;
import io.sluice.api.http.request.Rfc3339;
import io.sluice.contract.EventLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query, in their order. Stricter than the framework's: {@code &} alone separates them, and what is
 * not percent-encoded UTF-8 is refused.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">URL, application/x-www-form-urlencoded</a>
 */
public final class Query {

    /** Most rows of a page. */
    public static final int MAX_LIMIT = 500;

    private static final int MAX_AFTER = 999_999_999;

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private Query() {}

    /**
     * Reads a query.
     *
     * @param text what stands behind the {@code ?}, or {@code null}
     * @throws ProblemException naming each parameter that cannot be decoded
     */
    public static Query parse(@Nullable String text) {
        Query query = new Query();
        if (text != null) {
            query.read(text);
        }
        return query;
    }

    private void read(String text) {
        Violations violations = new Violations();
        for (String parameter : text.split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                String encodedName = equals < 0 ? parameter : parameter.substring(0, equals);
                String name = decode(encodedName);
                String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
                if (name == null || value == null) {
                    violations.add(Violation.inQuery(
                            name == null ? encodedName : name,
                            "must be percent-encoded UTF-8, with two hexadecimal digits behind each %"));
                } else {
                    parameters
                            .computeIfAbsent(name, unused -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        violations.refuse();
    }

    private static @Nullable String decode(String encoded) {
        return PercentEncoding.decode(encoded.replace("+", "%20"));
    }

    /** Finds parameters that nobody reads, and those that stand twice: ignored they would give another answer than was asked for. */
    public void check(List<String> known, Violations violations) {
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                violations.add(Violation.inQuery(
                        name,
                        known.isEmpty()
                                ? "is unknown; there are no parameters here"
                                : "is unknown; known are " + String.join(", ", known)));
            } else if (values.size() > 1) {
                violations.add(Violation.inQuery(name, "must be given once"));
            }
        });
    }

    /** The value of a parameter, or {@code null} where it is missing. */
    public @Nullable String get(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    /** The value of a parameter that is compared with an attribute of events, or {@code null} where it is missing. */
    public @Nullable String attribute(String name, Violations violations) {
        String value = get(name);
        String violation = value == null ? null : EventLimits.violation(value);
        if (violation != null) {
            violations.add(Violation.inQuery(name, violation));
        }
        return value;
    }

    /** The value of a parameter that is a time of RFC 3339, or {@code null} where it is missing. */
    public @Nullable Instant time(String name, Violations violations) {
        String text = get(name);
        Instant time = text == null ? null : Rfc3339.parse(text).orElse(null);
        if (text != null && time == null) {
            violations.add(Violation.inQuery(
                    name, "must be a time of RFC 3339, as in 2026-11-28T03:04:05Z; a + in it is written as %2B"));
        }
        return time;
    }

    /** The number of rows that are asked for at most, from 1 to {@value #MAX_LIMIT}. */
    public int limit(int unlessGiven, Violations violations) {
        return limit(unlessGiven, MAX_LIMIT, violations);
    }

    /** The number of rows that are asked for at most, from 1 to this maximum. */
    public int limit(int unlessGiven, int maximum, Violations violations) {
        return number("limit", unlessGiven, maximum, violations);
    }

    /** The number of the row that the page before ends with, from 0 to {@value #MAX_AFTER}; 0 unless given. */
    public int after(Violations violations) {
        return number("after", 0, 0, MAX_AFTER, violations);
    }

    /** The value of a parameter that is a whole number, from 1 to this maximum. */
    public int number(String name, int unlessGiven, int maximum, Violations violations) {
        return number(name, unlessGiven, 1, maximum, violations);
    }

    private int number(String name, int unlessGiven, int minimum, int maximum, Violations violations) {
        String text = get(name);
        if (text == null) {
            return unlessGiven;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        }
        violations.add(Violation.inQuery(name, "must be a whole number from %d to %d".formatted(minimum, maximum)));
        return unlessGiven;
    }
}
