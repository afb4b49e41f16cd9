package io.sluice.api.http.problems;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    private static final int MAX_NAME_CHARACTERS = 100;

    /** A violation of the body as a whole. */
    public static Violation inBody(String detail) {
        return new Violation("", null, null, detail);
    }

    /** A violation in a member of the body. */
    public static Violation inMember(String name, String detail) {
        String pointer = "/" + printable(name).replace("~", "~0").replace("/", "~1");
        return new Violation(pointer, null, null, detail);
    }

    /** A violation at a JSON pointer into the body. */
    public static Violation at(String pointer, String detail) {
        return new Violation(printable(pointer), null, null, detail);
    }

    /** A violation in the path. */
    public static Violation inPath(String parameter, String detail) {
        return new Violation(null, parameter, null, detail);
    }

    /** A violation in the query. */
    public static Violation inQuery(String parameter, String detail) {
        return new Violation(null, printable(parameter), null, detail);
    }

    /** A violation in a header. */
    public static Violation inHeader(String header, String detail) {
        return new Violation(null, null, printable(header), detail);
    }

    /** The name as it can be repeated to whoever chose it: shortened, and with a '?' for half of a surrogate pair. */
    private static String printable(String name) {
        String shortened = name.length() <= MAX_NAME_CHARACTERS ? name : name.substring(0, MAX_NAME_CHARACTERS) + "…";
        return new String(shortened.getBytes(UTF_8), UTF_8);
    }
}
