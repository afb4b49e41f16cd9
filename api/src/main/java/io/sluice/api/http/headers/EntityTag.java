package io.sluice.api.http.headers;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The strong entity tag of a resource.
 *
 * @param text printable characters of ASCII without blanks and quotes; another one after each change of the resource
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1">RFC 9110, section 13.1</a>
 */
public record EntityTag(String text) {

    /** Name of the header that has the tag. */
    public static final String HEADER = "ETag";

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String ANY = "*";

    /** A backslash in a tag is a character like others (section 8.8.3), unlike in a quoted string. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\"");

    private static final Pattern TAGS =
            Pattern.compile("[ \\t,]*+%1$s(?:[ \\t]*+,[ \\t,]*+%1$s)*+[ \\t,]*+".formatted(TAG));

    /** The tag of a version, which counts the changes of the resource. */
    public EntityTag(long version) {
        this(Long.toString(version));
    }

    /** The condition of a header: some tags, or {@code *} for any. */
    public record Condition(List<String> tags) {

        /**
         * Checks {@code If-Match}.
         *
         * @throws ProblemException {@link ProblemCode#PRECONDITION_FAILED} unless this tag is one of them; a weak tag never is
         */
        public void require(EntityTag current) {
            if (!tags.contains(ANY) && !tags.contains(current.toString())) {
                throw ProblemException.of(
                                ProblemCode.PRECONDITION_FAILED,
                                "It has been changed meanwhile; read it again, and send the change with the ETag that it has now.")
                        .with(HEADER, current.toString());
            }
        }

        /** True if {@code If-None-Match} has the tag: the client knows this version. */
        public boolean knows(EntityTag current) {
            return tags.contains(ANY) || tags.contains(current.toString()) || tags.contains("W/" + current);
        }
    }

    /** The condition of {@code If-Match}; none, which holds for everything, where there is no such header. */
    public static Condition ifMatch(MultiMap headers, Violations violations) {
        return headers.contains(IF_MATCH) ? condition(IF_MATCH, headers, violations) : new Condition(List.of(ANY));
    }

    /**
     * The condition of {@code If-Match}.
     *
     * @throws ProblemException {@link ProblemCode#PRECONDITION_REQUIRED} where there is no such header
     */
    public static Condition requiredIfMatch(MultiMap headers, Violations violations) {
        if (!headers.contains(IF_MATCH)) {
            throw ProblemException.of(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "Send the header If-Match with the ETag of what is to be changed, or * for whatever it is now.");
        }
        return condition(IF_MATCH, headers, violations);
    }

    /** The condition of {@code If-None-Match}; no tags where there is no such header. */
    public static Condition ifNoneMatch(MultiMap headers, Violations violations) {
        return headers.contains(IF_NONE_MATCH)
                ? condition(IF_NONE_MATCH, headers, violations)
                : new Condition(List.of());
    }

    private static Condition condition(String header, MultiMap headers, Violations violations) {
        String value = String.join(",", headers.getAll(header));
        if (value.strip().equals(ANY)) {
            return new Condition(List.of(ANY));
        }
        if (!TAGS.matcher(value).matches()) {
            violations.add(Violation.inHeader(header, "must be * or entity tags, as in \"3\""));
        }
        return new Condition(
                TAG.matcher(value).results().map(MatchResult::group).toList());
    }

    /** The tag as it stands in headers. */
    @Override
    public String toString() {
        return "\"" + text + "\"";
    }
}
