package io.sluice.api.http.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A problem document.
 *
 * @param type where the problem is explained
 * @param title the same for every problem of a type
 * @param status the HTTP status
 * @param detail what happened this time, and what to do
 * @param code the stable name of the type
 * @param id the event's id, where the problem leaves it open whether the event was accepted
 * @param violations every rule that the request breaks
 * @param progress what of the request was done all the same, as its success would have been answered with; or {@code null}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "id", "violations", "progress"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable UUID id,
        List<Violation> violations,
        @Nullable Object progress) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, @Nullable UUID id, List<Violation> violations) {
        return new Problem(code.type(), code.title(), code.status(), detail, code.code(), id, violations, null);
    }

    Problem with(Object progressMade) {
        return new Problem(type, title, status, detail, code, id, violations, progressMade);
    }
}
