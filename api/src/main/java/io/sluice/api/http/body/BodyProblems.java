package io.sluice.api.http.body;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/** Problems of bodies, wherever they are received to. */
public final class BodyProblems {

    private BodyProblems() {}

    static ProblemException tooLarge(int maxBytes) {
        return ProblemException.of(
                ProblemCode.CONTENT_TOO_LARGE, "The body may have at most " + maxBytes + " bytes; send a smaller one.");
    }

    static ProblemException tooLate(Duration timeout, HttpServerRequest request) {
        return timedOut(
                "The body has to come within %d seconds of the head; send it again, faster."
                        .formatted(timeout.toSeconds()),
                request);
    }

    /** A body of any length of which nothing has come for so long. */
    public static ProblemException tooSlow(Duration timeout, HttpServerRequest request) {
        return timedOut("Nothing of the body has come for %d seconds.".formatted(timeout.toSeconds()), request);
    }

    private static ProblemException timedOut(String detail, HttpServerRequest request) {
        ProblemException problem = ProblemException.of(ProblemCode.REQUEST_TIMEOUT, detail);
        // In HTTP/2 only the stream ends.
        return request.version() == HttpVersion.HTTP_2 ? problem : problem.with("Connection", "close");
    }

    /** The client is gone, or its chunks are none: a fault of its, and nobody is left to be answered. */
    public static ProblemException unreadable() {
        return ProblemException.of(ProblemCode.INVALID_REQUEST, "The body cannot be read to its end; send it again.");
    }

    /** A form that is none, by its media type or by its parts. */
    static ProblemException noForm() {
        return ProblemException.of(
                ProblemCode.INVALID_REQUEST,
                "The form cannot be read; send multipart/form-data with a boundary (RFC 7578) and the bytes as the part '"
                        + FileBodies.PART + "', or the bytes alone as the body.");
    }

    /** The length that the request's head has, or 0. */
    static long declaredBytes(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP codec has refused whatever is not a number.
        return length == null ? 0 : Long.parseLong(length);
    }
}
