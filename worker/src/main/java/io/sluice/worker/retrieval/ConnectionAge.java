package io.sluice.worker.retrieval;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * Age of the connections of clients. One that is old is closed behind an answer: the next one that the client makes leads to any pod, and so
 * pods that are new get their share. A Service chooses a pod for a connection, and not for a request.
 */
final class ConnectionAge {

    static final Duration MAX = Duration.ofSeconds(30);

    /** Gone connections drop out by themselves. */
    private final Map<HttpConnection, Long> begun = Collections.synchronizedMap(new WeakHashMap<>());

    private final LongSupplier nanoTime;

    /** Ages by a clock as {@link System#nanoTime()}. */
    ConnectionAge(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** True if the first request of the connection that was asked about is long ago. */
    boolean isOver(HttpConnection connection) {
        long now = nanoTime.getAsLong();
        return now - begun.computeIfAbsent(connection, asked -> now) >= MAX.toNanos();
    }
}
