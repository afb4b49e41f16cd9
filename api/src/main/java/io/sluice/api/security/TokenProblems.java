package io.sluice.api.security;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;

/**
 * Problems of requests that are refused for their tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
 */
final class TokenProblems {

    static final String CHALLENGE = "Bearer realm=\"sluice\"";

    private static final String HEADER = "WWW-Authenticate";

    private TokenProblems() {}

    static ProblemException noToken() {
        return ProblemException.of(
                        ProblemCode.UNAUTHENTICATED, "Send a bearer token, in the header Authorization: Bearer TOKEN.")
                .with(HEADER, CHALLENGE);
    }

    /** The problem of a token that proves nothing; why is a sentence, of which nothing is the token's. */
    static ProblemException invalidToken(String why) {
        return ProblemException.of(ProblemCode.UNAUTHENTICATED, why)
                .with(HEADER, CHALLENGE + ", error=\"invalid_token\", error_description=\"" + why + "\"");
    }

    /** The problem of a token that is good, but not for this; what it lacks is a sentence's part, up to the name of the scope. */
    static ProblemException insufficientScope(String lack, String needed) {
        return ProblemException.of(ProblemCode.FORBIDDEN, "The token does not allow this; " + lack + needed + ".")
                .with(HEADER, CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }

    static ProblemException noKeys(String state) {
        return ProblemException.of(
                ProblemCode.KEYS_UNAVAILABLE, "Tokens cannot be checked for the moment (" + state + "); try again.");
    }
}
