package io.sluice.api.http.filters;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads and drops what is left of a body when the answer did not need it. Unread it would keep the connection's next request
 * from ever being answered, and closing the connection could keep the client from reading this answer.
 */
@ApplicationScoped
class RequestDrain implements RequestHandler {

    /** Most bytes that are dropped; a client that sends more after its answer loses the connection, or its stream. */
    private static final int MAX_DROPPED_BYTES = 8 << 20;

    /** Code of HTTP/2 for a complete answer when the rest of the request is not wanted: RFC 9113, section 8.1. */
    private static final long NO_ERROR = 0;

    @Override
    public RequestStage stage() {
        return RequestStage.DRAIN;
    }

    @Override
    public void handle(RoutingContext context) {
        dropAfterAnswer(context);
        context.next();
    }

    private static void dropAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        context.addHeadersEndHandler(answering -> {
            // In HTTP/2 only a stream ends, and others of the connection may wait for their answers.
            if (request.version() != HttpVersion.HTTP_2 && waitsToSend(request)) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.addEndHandler(answered -> {
            if (response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
                request.connection().close();
            } else {
                drop(request);
            }
        });
    }

    /**
     * True if the client has sent no body because it waits for {@code 100 Continue}. Now that the answer is another one, it does
     * not send it, or it does: RFC 9110, section 10.1.1. With HTTP/2 either is the end of this one stream, and the header that closes
     * the connection is forbidden: RFC 9113, section 8.2.2.
     */
    private static boolean waitsToSend(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && request.headers().contains(HttpHeaders.EXPECT)
                && request.bytesRead() == 0
                && !request.isEnded();
    }

    private static void drop(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(new Dropped(request)::take);
            request.resume();
        }
    }

    private static final class Dropped {

        private final HttpServerRequest request;
        private int bytes;

        Dropped(HttpServerRequest request) {
            this.request = request;
        }

        void take(Buffer part) {
            bytes += part.length();
            if (bytes > MAX_DROPPED_BYTES) {
                close();
            }
        }

        private void close() {
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset(NO_ERROR);
            } else {
                request.connection().close();
            }
        }
    }
}
