package io.sluice.api.http.body.streamed;

import io.sluice.api.http.body.BodyProblems;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request's body from the event loop to one thread that reads it and may block. What is not read yet has a bound: the client
 * waits for the reader. Methods that read throw a {@link ProblemException} where the body is broken off, comes too slowly, or is
 * not wanted any more.
 */
final class StreamedBody extends InputStream {

    /** Bytes from which on the client waits: enough for the reader not to. A buffer of the network more can have come. */
    private static final int FULL_BYTES = 256 << 10;

    private final HttpServerRequest request;
    private final String caller;
    private final Duration readTimeout;
    private final Context context = Vertx.currentContext();

    /** Guarded by this, as is all that follows. */
    private final Queue<Buffer> received = new ArrayDeque<>();

    /** The first of those that are not read, or {@code null}. */
    private @Nullable Buffer current;

    private int at;
    private int unread;
    private boolean paused;
    private boolean ended;
    private @Nullable ProblemException failure;

    /**
     * A body whose head has come. To be made on the event loop.
     *
     * @param readTimeout longest wait for the next bytes
     */
    StreamedBody(HttpServerRequest request, String caller, Duration readTimeout) {
        this.request = request;
        this.caller = caller;
        this.readTimeout = readTimeout;
    }

    /** Sender of the body. */
    String caller() {
        return caller;
    }

    /** Begins to receive; on the event loop, before it gets back to it. */
    void begin() {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.exceptionHandler(broken -> fail(BodyProblems.unreadable()));
        request.handler(this::add);
        request.endHandler(end -> end());
        request.resume();
    }

    private synchronized void add(Buffer bytes) {
        if (failure != null) {
            return;
        }
        received.add(bytes);
        unread += bytes.length();
        if (unread >= FULL_BYTES && !paused) {
            paused = true;
            request.pause();
        }
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Ends the reading of what has not ended: its reader, who may wait, gets this problem. On any thread. */
    synchronized void fail(ProblemException problem) {
        if (failure == null && !ended) {
            failure = problem;
            received.clear();
            current = null;
            unread = 0;
            notifyAll();
        }
    }

    /** Receives nothing any more; on the event loop. What is left belongs to {@code RequestDrain}. */
    void leave() {
        fail(BodyProblems.unreadable());
        request.exceptionHandler(gone -> {});
        if (!request.isEnded()) {
            request.pause();
            request.endHandler(null);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        Buffer buffer = next();
        if (buffer == null) {
            return -1;
        }
        int bytes = Math.min(length, buffer.length() - at);
        buffer.getBytes(at, at + bytes, into, offset);
        at += bytes;
        unread -= bytes;
        if (at == buffer.length()) {
            current = null;
        }
        if (paused && unread < FULL_BYTES / 2) {
            paused = false;
            context.runOnContext(unused -> request.resume());
        }
        return bytes;
    }

    /** The buffer to read from, or {@code null} at the end. */
    private @Nullable Buffer next() {
        try {
            awaitMore(System.nanoTime() + readTimeout.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            fail(BodyProblems.unreadable());
        }
        if (failure != null) {
            throw failure;
        }
        if (current == null) {
            current = received.poll();
            at = 0;
        }
        return current;
    }

    private void awaitMore(long deadline) throws InterruptedException {
        while (current == null && received.isEmpty() && !ended && failure == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                fail(BodyProblems.tooSlow(readTimeout, request));
                return;
            }
            wait(left);
        }
    }
}
