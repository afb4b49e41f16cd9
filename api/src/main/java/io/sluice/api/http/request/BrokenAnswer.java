package io.sluice.api.http.request;

import io.sluice.api.connections.ConnectionRequests;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Breaks off answers that were begun and cannot be finished, which is all that tells the client. */
public final class BrokenAnswer {

    /** Code of HTTP/2 for a failure of the server: RFC 9113, section 7. */
    private static final long INTERNAL_ERROR = 2;

    private BrokenAnswer() {}

    /** Ends the stream in HTTP/2, else the connection. */
    public static void breakOff(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(INTERNAL_ERROR);
        } else {
            // Not by the response: then Vert.x tells no end handler.
            ConnectionRequests.closeConnection(request);
        }
    }
}
