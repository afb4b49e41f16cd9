package io.sluice.api.http.body;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.HeaderList;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The content codings of bodies, of which none is taken: RFC 9110, section 8.4. */
final class ContentEncoding {

    private ContentEncoding() {}

    /**
     * Checks the headers.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if they declare that the body is encoded
     */
    static void requireNone(MultiMap headers) {
        for (String coding : HeaderList.elements(headers.getAll(HttpHeaders.CONTENT_ENCODING))) {
            if (!coding.equalsIgnoreCase("identity")) {
                throw ProblemException.of(
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                "Send the body as it is, without a Content-Encoding.")
                        .with("Accept-Encoding", "identity");
            }
        }
    }
}
