package io.sluice.api.http.body.streamed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.http.body.ContentEncoding;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.CallerPlaces;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Works on bodies of any length while they come, each on a thread of its own. There is a place for a body in each 32 MiB of heap, and
 * for {@value #MAX_BODIES} at most; one caller has half of these.
 */
@Startup
@Singleton
public class StreamedBodies {

    /** Most bodies under way. */
    public static final int MAX_BODIES = 8;

    private static final long HEAP_FOR_EACH = 32 << 20;

    private final Duration readTimeout;
    private final CallerPlaces places;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, "streamed-body"));
    private final Set<StreamedBody> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    StreamedBodies(ConnectionLimits limits, MeterRegistry registry) {
        readTimeout = limits.body();
        places = new CallerPlaces(
                (int) Math.max(1, Math.min(MAX_BODIES, Runtime.getRuntime().maxMemory() / HEAP_FOR_EACH)));
        Gauge.builder("sluice.api.bodies.streamed", this, StreamedBodies::count)
                .description("Long bodies that are worked on while they come")
                .register(registry);
    }

    /**
     * Receives a body, expanded if it is compressed by gzip, and works on it. To be called on the event loop, before it gets back to it.
     *
     * @param work gets the body, on a thread that may block, and need not read it to its end; reading throws a {@link ProblemException}:
     *     {@link ProblemCode#REQUEST_TIMEOUT} where nothing comes for too long, {@link ProblemCode#INVALID_REQUEST} where it is
     *     broken off or no gzip, {@link ProblemCode#CONTENT_TOO_LARGE} where it expands to too much, {@link ProblemCode#OVERLOADED} where
     *     the program is about to stop
     * @return fails with {@link ProblemCode#OVERLOADED} where too many are under way, of this caller or of all, or as the work does
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} where the body is encoded otherwise
     */
    public <T> Uni<T> receive(HttpServerRequest request, String caller, Function<InputStream, T> work) {
        boolean compressed = ContentEncoding.isGzip(request.headers());
        if (!places.take(caller)) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    "So many long bodies are under way, of you or of all, that no more can; send it again later.");
        }
        StreamedBody body = new StreamedBody(request, caller, readTimeout);
        Function<InputStream, T> all = compressed ? raw -> expand(raw, work) : work;
        return Uni.createFrom().emitter(answer -> begin(body, all, answer));
    }

    private static <T> T expand(InputStream compressed, Function<InputStream, T> work) {
        try (BoundedGunzip expanded = new BoundedGunzip(compressed)) {
            return work.apply(expanded);
        }
    }

    /** The number of bodies that are under way. */
    public int count() {
        return underWay.size();
    }

    private <T> void begin(StreamedBody body, Function<InputStream, T> work, UniEmitter<? super T> answer) {
        Context context = Vertx.currentContext();
        underWay.add(body);
        if (stopping) {
            body.fail(stopping());
        }
        try {
            body.begin();
            threads.execute(() -> end(body, context, outcome(body, work, answer)));
        } catch (RuntimeException | Error e) {
            end(body, context, () -> answer.fail(e));
        }
    }

    /** Does the work, and returns what tells of it. */
    private static <T> Runnable outcome(
            StreamedBody body, Function<InputStream, T> work, UniEmitter<? super T> answer) {
        try {
            T result = work.apply(body);
            return () -> answer.complete(result);
        } catch (Throwable e) {
            // Errors as well: the place would be taken until the program is started again.
            return () -> answer.fail(e);
        }
    }

    private void end(StreamedBody body, Context context, Runnable answer) {
        underWay.remove(body);
        places.leave(body.caller());
        context.runOnContext(unused -> {
            body.leave();
            answer.run();
        });
    }

    void release(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        underWay.forEach(body -> body.fail(stopping()));
    }

    private static ProblemException stopping() {
        return ProblemException.of(
                ProblemCode.OVERLOADED, "The server is about to stop; another one takes what is not acknowledged.");
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
