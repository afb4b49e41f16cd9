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
        if (BodyProblems.declaredBytes(request) > maxBytes) {
            emitter.fail(BodyProblems.tooLarge(maxBytes));
            return;
        }
        result = emitter;
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        deadline = vertx.setTimer(timeout.toMillis(), late -> giveUp(BodyProblems.tooLate(timeout, request), emitter));
        request.exceptionHandler(e -> {
            end();
            emitter.fail(BodyProblems.unreadable());
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
            giveUp(BodyProblems.tooLarge(maxBytes), emitter);
            return;
        }
        if (received.length() == 0 && part.length() != BodyProblems.declaredBytes(request)) {
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
}
