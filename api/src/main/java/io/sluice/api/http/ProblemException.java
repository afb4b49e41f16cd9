package io.sluice.api.http;

import java.util.List;
import java.util.UUID;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient Problem problem;

    private ProblemException(ProblemCode code, Problem problem) {
        // An answer, not a fault: a stack trace would only cost.
        super(problem.detail(), null, false, false);
        this.code = code;
        this.problem = problem;
    }

    /** A problem that its detail says all about. */
    public static ProblemException of(ProblemCode code, String detail) {
        return new ProblemException(code, Problem.of(code, detail, null, List.of()));
    }

    /** A problem with an event that has an id already; the client needs it to send the event again. */
    public static ProblemException of(ProblemCode code, String detail, UUID id) {
        return new ProblemException(code, Problem.of(code, detail, id, List.of()));
    }

    /** A request that breaks these rules. */
    public static ProblemException invalid(List<Violation> violations) {
        String detail = violations.size() == 1
                ? "The request breaks one rule; see violations."
                : "The request breaks " + violations.size() + " rules; see violations.";
        Problem problem = Problem.of(ProblemCode.INVALID_REQUEST, detail, null, violations);
        return new ProblemException(ProblemCode.INVALID_REQUEST, problem);
    }

    /** What went wrong. */
    public ProblemCode code() {
        return code;
    }

    /** The document to answer with. */
    public Problem problem() {
        return problem;
    }
}
