package io.sluice.api.deadletters;

import io.sluice.api.http.problems.ProblemCode;

/** A dead letter cannot be sent again, or not in this way. The detail says why and what to do, and quotes nothing of it. */
final class NotRedrivableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final String detail;

    NotRedrivableException(String detail) {
        this(ProblemCode.NOT_REDRIVABLE, detail);
    }

    NotRedrivableException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
        this.detail = detail;
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
