package io.sluice.api.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request's body on the event loop, up to a bound: it waits for slow clients without a thread, and answers a body that
 * is too large with a problem document.
 */
public final class RequestBody {

    /** How many more bytes of a body that is too large are read and dropped, so that the client gets to read the answer. */
    private static final int MAX_DROPPED_BYTES = 8 << 20;

    private final HttpServerRequest request;
    private final int maxBytes;
    private final Buffer received;
    private long count;

    private RequestBody(HttpServerRequest request, int maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.received = Buffer.buffer();
    }

    /**
     * Reads the body. To be called on the event loop, before it gets back to it.
     *
     * @param maxBytes how large the body may be; a larger one is a {@link ProblemCode#CONTENT_TOO_LARGE}
     */
    public static Uni<byte[]> read(HttpServerRequest request, int maxBytes) {
        return Uni.createFrom().emitter(emitter -> new RequestBody(request, maxBytes).into(emitter));
    }

    private void into(UniEmitter<? super byte[]> emitter) {
        if (declaredBytes() > (long) maxBytes + MAX_DROPPED_BYTES) {
            refuseAndClose(emitter);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            if (declaredBytes() > maxBytes) {
                refuseAndClose(emitter);
                return;
            }
            request.response().writeContinue();
        }
        request.exceptionHandler(emitter::fail);
        request.handler(part -> take(part, emitter));
        request.endHandler(end -> complete(emitter));
        request.resume();
    }

    private void take(Buffer part, UniEmitter<? super byte[]> emitter) {
        count += part.length();
        if (count <= maxBytes) {
            received.appendBuffer(part);
        } else if (count > (long) maxBytes + MAX_DROPPED_BYTES) {
            request.handler(null);
            refuseAndClose(emitter);
        }
    }

    private void complete(UniEmitter<? super byte[]> emitter) {
        if (count <= maxBytes) {
            emitter.complete(received.getBytes());
        } else {
            emitter.fail(tooLarge());
        }
    }

    private void refuseAndClose(UniEmitter<? super byte[]> emitter) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        request.response().endHandler(end -> request.connection().close());
        emitter.fail(tooLarge());
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                ProblemCode.CONTENT_TOO_LARGE,
                "The body may have at most " + maxBytes + " bytes; send a smaller event.");
    }

    private long declaredBytes() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP codec has refused whatever is not a number.
        return length == null ? 0 : Long.parseLong(length);
    }
}
