package io.sluice.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One rule that a request breaks, and where. Exactly one of the three places is set.
 *
 * @param pointer a JSON pointer into the body (RFC 6901); empty for the body as a whole
 * @param parameter a parameter of the path or the query
 * @param header a header
 * @param detail what it must be instead
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(@Nullable String pointer, @Nullable String parameter, @Nullable String header, String detail) {

    /** A violation in the body. */
    public static Violation inBody(String pointer, String detail) {
        return new Violation(pointer, null, null, detail);
    }

    /** A violation in the path. */
    public static Violation inPath(String parameter, String detail) {
        return new Violation(null, parameter, null, detail);
    }

    /** A violation in the query. */
    public static Violation inQuery(String parameter, String detail) {
        return new Violation(null, parameter, null, detail);
    }

    /** A violation in a header. */
    public static Violation inHeader(String header, String detail) {
        return new Violation(null, null, header, detail);
    }
}
