package io.sluice.api.http.body;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Receives bodies of requests that are too large for the memory into temporary files: as they are, or as the part {@value #PART} of a
 * form ({@code multipart/form-data}). A client that is slow or gone takes a file, and no thread.
 */
@Singleton
public class FileBodies {

    /** The part of a form that has the bytes; the others are passed over. */
    static final String PART = "file";

    /** Bodies under way, each of which takes space on the disk. */
    static final int MAX_BODIES = 32;

    /** Slowest rate that is waited for: that of a bad mobile network. */
    private static final int BYTES_PER_SECOND = 40 << 10;

    /** No body is under way for so long. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path folder;
    private final Duration timeout;
    private final Semaphore places;

    @Inject
    FileBodies(ConnectionLimits limits, Clock clock) {
        this(Path.of(System.getProperty("java.io.tmpdir"), "sluice-bodies"), limits.body(), MAX_BODIES);
        deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
    }

    FileBodies(Path folder, Duration timeout, int maxBodies) {
        this.folder = folder;
        this.timeout = timeout;
        this.places = new Semaphore(maxBodies);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Receives a body and works on it. To be called on the event loop, before it gets back to it.
     *
     * @param maxBytes how large it may be; a larger one is a {@link ProblemCode#CONTENT_TOO_LARGE}
     * @param work what is done with the file, which is deleted when that ends
     * @return fails with {@link ProblemCode#OVERLOADED} where too many are under way or the disk is full,
     *     {@link ProblemCode#REQUEST_TIMEOUT} where it takes too long, {@link ProblemCode#INVALID_REQUEST} where a form is none or lacks
     *     the part, or as the work does
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} where the body is encoded
     */
    public <T> Uni<T> receive(HttpServerRequest request, int maxBytes, Function<ReceivedFile, Uni<? extends T>> work) {
        ContentEncoding.requireNone(request.headers());
        if (!places.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "So many large bodies are under way that no more can; send it again.");
        }
        Path file = folder.resolve(UUID.randomUUID().toString());
        Duration bodyTimeout = timeout.plusSeconds(maxBytes / BYTES_PER_SECOND);
        FileBody body = new FileBody(request, file, maxBytes, bodyTimeout);
        return Uni.createFrom()
                .<ReceivedFile>emitter(body::into)
                .<T>flatMap(work)
                .onTermination()
                .invoke(() -> {
                    body.leave();
                    places.release();
                });
    }

    /** Deletes files that killed processes have left behind. */
    private void deleteAbandoned(Instant before) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toFile().lastModified() < before.toEpochMilli())
                    .forEach(file -> {
                        boolean unused = file.toFile().delete();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
