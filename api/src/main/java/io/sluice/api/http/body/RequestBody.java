package io.sluice.api.http.body;

import io.sluice.api.connections.MemoryBudget;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body on the event loop, up to a bound: it waits for slow clients without a thread, and answers a body that
 * is too large with a problem document. {@code RequestDrain} deals with the rest of that.
 */
final class RequestBody implements MemoryBudget.Holder {

    private final MemoryBudget memory;
    private final Duration timeout;
    private final HttpServerRequest request;
    private final int maxBytes;
    private final Context context = Vertx.currentContext();
    private final Vertx vertx = context.owner();
    private final Buffer received = Buffer.buffer();
    private long deadline;
    private @Nullable UniEmitter<? super byte[]> result;

    /** Bytes of the memory that this body has taken. */
    private int taken;

    /** It did not come at once. */
    private boolean begun;

    private boolean over;

    RequestBody(MemoryBudget memory, Duration timeout, HttpServerRequest request, int maxBytes) {
        this.memory = memory;
        this.timeout = timeout;
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** The body is worked on, or given up. */
    void leave() {
        if (begun) {
            memory.finish(this);
        }
        memory.release(release());
    }

    private synchronized int release() {
        int released = taken;
        taken = 0;
        return released;
    }

    /** Reads it. */
    void into(UniEmitter<? super byte[]> emitter) {
        if (declaredBytes() > maxBytes) {
            emitter.fail(tooLarge());
            return;
        }
        result = emitter;
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        deadline = vertx.setTimer(timeout.toMillis(), late -> giveUp(tooLate(), emitter));
        request.exceptionHandler(e -> {
            end();
            emitter.fail(unreadable());
        });
        request.handler(part -> take(part, emitter));
        request.endHandler(end -> {
            // From now on nothing but the answer ends the request.
            end();
            if (!begun || memory.finish(this)) {
                emitter.complete(received.getBytes());
            } else {
                emitter.fail(tooLong());
            }
        });
        request.resume();
    }

    private void take(Buffer part, UniEmitter<? super byte[]> emitter) {
        if (received.length() + part.length() > maxBytes) {
            giveUp(tooLarge(), emitter);
            return;
        }
        if (received.length() == 0 && part.length() != declaredBytes()) {
            begun = true;
            memory.begin(this);
        }
        count(part.length());
        if (!memory.take(this, part.length())) {
            giveUp(overloaded(), emitter);
            return;
        }
        received.appendBuffer(part);
    }

    private synchronized void count(int bytes) {
        taken += bytes;
    }

    @Override
    public void giveWay() {
        memory.release(release());
        context.runOnContext(unused -> {
            if (!over) {
                giveUp(tooLong(), Objects.requireNonNull(result));
            }
        });
    }

    private void giveUp(ProblemException problem, UniEmitter<? super byte[]> emitter) {
        end();
        request.pause();
        request.endHandler(null);
        emitter.fail(problem);
    }

    private void end() {
        over = true;
        vertx.cancelTimer(deadline);
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                ProblemCode.CONTENT_TOO_LARGE, "The body may have at most " + maxBytes + " bytes; send a smaller one.");
    }

    private static ProblemException overloaded() {
        return ProblemException.of(
                ProblemCode.OVERLOADED,
                "So many and so large bodies are under way that there is no memory for more; send it again.");
    }

    private static ProblemException tooLong() {
        return ProblemException.of(
                ProblemCode.OVERLOADED,
                "The body has been coming for longest, and others needed the memory for it; send it again, faster.");
    }

    private ProblemException tooLate() {
        ProblemException problem = ProblemException.of(
                ProblemCode.REQUEST_TIMEOUT,
                "The body has to come within %d seconds of the head; send it again, faster."
                        .formatted(timeout.toSeconds()));
        // In HTTP/2 only the stream ends.
        return request.version() == HttpVersion.HTTP_2 ? problem : problem.with("Connection", "close");
    }

    /** The client is gone, or its chunks are none: a fault of its, and nobody is left to be answered. */
    private static ProblemException unreadable() {
        return ProblemException.of(ProblemCode.INVALID_REQUEST, "The body cannot be read to its end; send it again.");
    }

    private long declaredBytes() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP codec has refused whatever is not a number.
        return length == null ? 0 : Long.parseLong(length);
    }
}
