package io.sluice.api.http.body;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Receives a request's body into a file, on the event loop; the network waits for the disk. */
final class FileBody {

    /** Boundaries and heads of the parts of a form. */
    private static final int FORM_BYTES = 16 << 10;

    private final HttpServerRequest request;
    private final Path path;
    private final int maxBytes;
    private final Duration timeout;
    private final Vertx vertx = Vertx.currentContext().owner();
    private final boolean isForm;
    private @Nullable AsyncFile file;
    private @Nullable UniEmitter<? super ReceivedFile> result;
    private long deadline;
    private int received;
    private int written;

    /** Streams that have not ended: the request, and the part. */
    private int open = 1;

    private boolean hasPart;
    private @Nullable String name;
    private @Nullable String mediaType;
    private boolean over;

    FileBody(HttpServerRequest request, Path path, int maxBytes, Duration timeout) {
        this.request = request;
        this.path = path;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        this.mediaType = type;
        this.isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Receives it. */
    void into(UniEmitter<? super ReceivedFile> emitter) {
        result = emitter;
        if (BodyProblems.declaredBytes(request) > mostReceived()) {
            fail(BodyProblems.tooLarge(maxBytes));
            return;
        }
        deadline = vertx.setTimer(timeout.toMillis(), late -> giveUp(BodyProblems.tooLate(timeout, request)));
        request.exceptionHandler(e -> broken());
        request.pause();
        if (isForm) {
            expectForm();
        }
        vertx.fileSystem()
                .open(path.toString(), new OpenOptions().setCreateNew(true).setRead(false))
                .onSuccess(this::read)
                .onFailure(e -> giveUp(noSpace()));
    }

    private void expectForm() {
        try {
            request.setExpectMultipart(true);
        } catch (RuntimeException noBoundary) {
            // Its class depends on what is wrong with the parameters of the media type.
            giveUp(BodyProblems.noForm());
        }
    }

    /** Answers a client that is gone, or that sends no form. */
    private void broken() {
        // Not paused: Vert.x has told the context's end handlers already, RequestDrain among them, which drops the
        // rest.
        if (!over) {
            end();
            fail(isForm ? BodyProblems.noForm() : BodyProblems.unreadable());
        }
    }

    private void read(AsyncFile opened) {
        file = opened;
        if (over) {
            leave();
            return;
        }
        opened.exceptionHandler(e -> giveUp(noSpace()));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        if (isForm) {
            request.uploadHandler(this::part);
        }
        request.handler(this::take);
        request.endHandler(end -> ended());
        request.resume();
    }

    private void part(HttpServerFileUpload part) {
        if (hasPart || !part.name().equals(FileBodies.PART)) {
            part.handler(other -> {});
            return;
        }
        hasPart = true;
        name = part.filename();
        mediaType = part.contentType();
        open++;
        part.handler(bytes -> write(bytes, part));
        part.endHandler(end -> ended());
    }

    private void take(Buffer bytes) {
        received += bytes.length();
        if (received > mostReceived()) {
            giveUp(BodyProblems.tooLarge(maxBytes));
        } else if (!isForm) {
            write(bytes, request);
        }
    }

    private void write(Buffer bytes, ReadStream<Buffer> from) {
        AsyncFile target = file;
        if (over || target == null) {
            return;
        }
        written += bytes.length();
        if (written > maxBytes) {
            giveUp(BodyProblems.tooLarge(maxBytes));
            return;
        }
        target.write(bytes).onFailure(e -> giveUp(noSpace()));
        if (target.writeQueueFull()) {
            from.pause();
            target.drainHandler(drained -> from.resume());
        }
    }

    private void ended() {
        open--;
        AsyncFile target = file;
        if (open > 0 || over || target == null) {
            return;
        }
        if (isForm && !hasPart) {
            giveUp(ProblemException.invalid(Violation.inMember(
                    FileBodies.PART, "is missing: send the bytes as a part of this name, with a filename")));
            return;
        }
        over = true;
        vertx.cancelTimer(deadline);
        target.close().onSuccess(closed -> complete()).onFailure(e -> fail(noSpace()));
    }

    private void complete() {
        file = null;
        UniEmitter<? super ReceivedFile> emitter = result;
        if (emitter != null) {
            emitter.complete(new ReceivedFile(path, name, mediaType));
        }
    }

    private void giveUp(ProblemException problem) {
        if (over) {
            return;
        }
        end();
        request.pause();
        fail(problem);
    }

    private void end() {
        over = true;
        vertx.cancelTimer(deadline);
        request.endHandler(null);
    }

    private void fail(ProblemException problem) {
        over = true;
        UniEmitter<? super ReceivedFile> emitter = result;
        if (emitter != null) {
            emitter.fail(problem);
        }
    }

    /** The file is worked on, or given up. */
    void leave() {
        AsyncFile target = file;
        if (target != null) {
            file = null;
            target.close().onComplete(closed -> delete());
        } else {
            delete();
        }
    }

    private void delete() {
        // What stays is deleted at a later start.
        vertx.fileSystem().delete(path.toString());
    }

    private int mostReceived() {
        return isForm ? maxBytes + FORM_BYTES : maxBytes;
    }

    private static ProblemException noSpace() {
        return ProblemException.of(
                ProblemCode.OVERLOADED, "There is no space on the disk to receive the body; send it again later.");
    }
}
