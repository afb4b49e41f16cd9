package io.sluice.api.http.problems;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Media type of a JSON Merge Patch, RFC 7396. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "1");

    private final ProblemCode code;
    private final transient Problem problem;

    private final transient Map<String, String> headers;

    private ProblemException(ProblemCode code, Problem problem, Map<String, String> headers) {
        // An answer, not a fault: a stack trace would only cost.
        super(problem.detail(), null, false, false);
        this.code = code;
        this.problem = problem;
        this.headers = code.status() == 503 && headers.isEmpty() ? RETRY_AFTER : headers;
    }

    /** A problem that its detail says all about. */
    public static ProblemException of(ProblemCode code, String detail) {
        return new ProblemException(code, Problem.of(code, detail, null, List.of()), Map.of());
    }

    /** A problem with an event that has an id already; the client needs it to send the event again. */
    public static ProblemException of(ProblemCode code, String detail, UUID id) {
        return new ProblemException(code, Problem.of(code, detail, id, List.of()), Map.of());
    }

    /** A request that breaks this rule. */
    public static ProblemException invalid(Violation violation) {
        return invalid("The request breaks one rule; see violations.", List.of(violation));
    }

    static ProblemException invalid(String detail, List<Violation> violations) {
        Problem problem = Problem.of(ProblemCode.INVALID_REQUEST, detail, null, violations);
        return new ProblemException(ProblemCode.INVALID_REQUEST, problem, Map.of());
    }

    /** A thing that the client has named, and that there is none of. */
    public static ProblemException notFound(Violation name) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, Problem.of(ProblemCode.NOT_FOUND, name.detail(), null, List.of(name)), Map.of());
    }

    /** A path that nothing is at. */
    public static ProblemException notFound() {
        return of(ProblemCode.NOT_FOUND, "There is nothing at this path; /openapi lists what there is.");
    }

    /** A client that accepts none of these media types, which are those of the path. */
    public static ProblemException notAcceptable(Collection<String> mediaTypes) {
        return of(
                ProblemCode.NOT_ACCEPTABLE,
                "This path answers with %s; accept %s or */*."
                        .formatted(String.join(", ", mediaTypes), mediaTypes.size() == 1 ? "that" : "one of them"));
    }

    /** A body that is not declared as JSON; says what is supported in the header that RFC 9110, section 15.5.16, has for it. */
    public static ProblemException unsupportedMediaType() {
        return of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send JSON in UTF-8, with one header Content-Type: application/json.")
                .with("Accept", "application/json");
    }

    /** A patch that is not declared as a JSON Merge Patch; says what is supported in the header that RFC 5789, section 2.2, has for it. */
    public static ProblemException unsupportedPatch() {
        return of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send a JSON Merge Patch in UTF-8, with one header Content-Type: " + MERGE_PATCH + ".")
                .with("Accept-Patch", MERGE_PATCH);
    }

    /** The same problem, answered with this header. */
    public ProblemException with(String header, String value) {
        return new ProblemException(code, problem, Map.of(header, value));
    }

    /** The same problem of a request of which something was done: what, as JSON. */
    public ProblemException with(Object progress) {
        return new ProblemException(code, problem.with(progress), headers);
    }

    /** The code of the problem. */
    public ProblemCode code() {
        return code;
    }

    /** The document to answer with. */
    public Problem problem() {
        return problem;
    }

    /** The headers to answer with, beside those of every problem; what passes by itself has a time to come again. */
    public Map<String, String> headers() {
        return headers;
    }
}
