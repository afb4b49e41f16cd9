package io.sluice.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reads and drops what is left of a body when the answer did not need it. Unread it would keep the connection's next request
 * from ever being answered, and closing the connection could keep the client from reading this answer.
 */
@ApplicationScoped
class UnreadBody {

    /** How much is dropped; a client that sends more than this after its answer loses the connection. */
    private static final int MAX_DROPPED_BYTES = 8 << 20;

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(context -> {
            context.addEndHandler(answered -> drop(context.request()));
            context.next();
        });
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
                request.connection().close();
            }
        }
    }
}
