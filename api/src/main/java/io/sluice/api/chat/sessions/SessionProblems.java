package io.sluice.api.chat.sessions;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;

/** Problems of requests for sessions. */
final class SessionProblems {

    static final String UNREADABLE = "The database cannot be read for the moment; try again later.";

    static final String UNDELETED =
            "The database does not answer, and it is not known whether the session was deleted. Send the request again.";

    static final String UNSTORED =
            "The database does not answer, and it is not known whether the answer was stored in its session. Ask again.";

    private SessionProblems() {}

    /** Also where the session is another's. */
    static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "You have no session of this id, or it has expired; GET /api/v1/chat/sessions lists those that you have.");
    }

    static ProblemException full() {
        return ProblemException.invalid(Violation.at(
                "/sessionId",
                "is that of a session with " + Conversations.MAX_TURNS
                        + " turns, which is all that one may have; leave it out to begin another"));
    }
}
