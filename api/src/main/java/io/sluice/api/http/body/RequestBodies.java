package io.sluice.api.http.body;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.connections.MemoryBudget;
import io.sluice.api.http.problems.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/** Reads the bodies of requests, within the memory that they have together. */
@Singleton
public class RequestBodies {

    /** A body that is whole stays, until it is worked on. */
    private final MemoryBudget memory;

    private final Duration timeout;

    RequestBodies(ConnectionLimits limits) {
        this.memory = new MemoryBudget(limits.bodiesBytes());
        this.timeout = limits.body();
    }

    /**
     * Reads a body and works on it. To be called on the event loop, before it gets back to it.
     *
     * @param maxBytes how large the body may be; a larger one is a {@link ProblemCode#CONTENT_TOO_LARGE}
     * @param work what is done with it; until that ends the body counts as one that there has to be memory for
     * @return fails with {@link ProblemCode#OVERLOADED} where there is no memory for it, {@link ProblemCode#REQUEST_TIMEOUT} where it
     *     takes too long, or as the work does
     */
    public <T> Uni<T> read(HttpServerRequest request, int maxBytes, Function<byte[], Uni<? extends T>> work) {
        RequestBody body = new RequestBody(memory, timeout, request, maxBytes);
        return Uni.createFrom()
                .<byte[]>emitter(body::into)
                .<T>flatMap(work)
                .onTermination()
                .invoke(body::leave);
    }
}
