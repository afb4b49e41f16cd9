package io.sluice.api.redis;

import io.sluice.api.http.request.VertxContexts;
import io.sluice.settings.RedisUrl;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is made again, in the background, whenever it is gone: nobody waits for that. Commands of all requests share it, as
 * the protocol lets them.
 */
final class LastingConnection implements AutoCloseable {

    /** Time for connecting, TLS and authentication. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(2);

    /** Pause before it is made again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Commands that wait for their answers at most; more fail at once. */
    private static final int MAX_WAITING = 1024;

    private final Vertx vertx;
    private final Context context;
    private final Supplier<RedisUrl> url;
    private final Function<RedisConnection, Future<?>> preparation;
    private final Consumer<@Nullable Throwable> changed;

    /** Client of the connection; one for each attempt, since closing it is what ends a connection for certain. Guarded by this. */
    private @Nullable Redis client;

    private boolean isClosed;

    private volatile @Nullable RedisConnection current;

    /**
     * Connects to nothing yet.
     *
     * @param url read for each attempt
     * @param preparation of each connection, before it is used
     * @param changed told {@code null} when a connection was made, and why when one could not be made or has ended
     */
    LastingConnection(
            Vertx vertx,
            Supplier<RedisUrl> url,
            Function<RedisConnection, Future<?>> preparation,
            Consumer<@Nullable Throwable> changed) {
        this.vertx = vertx;
        // One for all attempts, and never that of a request: what ends a connection is told behind what has made it.
        this.context = VertxContexts.eventLoop(vertx);
        this.url = url;
        this.preparation = preparation;
        this.changed = changed;
    }

    /** Begins to connect. */
    void begin() {
        context.runOnContext(ready -> connect());
    }

    /** The connection, or {@code null} while there is none. */
    @Nullable RedisConnection current() {
        return current;
    }

    /** Ends a connection that is of no use, if it is the current one, and makes another one. */
    void drop(RedisConnection useless) {
        context.runOnContext(ready -> end(useless, null));
    }

    @Override
    public void close() {
        Redis last;
        synchronized (this) {
            isClosed = true;
            last = client;
        }
        if (last != null) {
            last.close();
        }
    }

    private void connect() {
        Redis attempt;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            try {
                attempt = Redis.createClient(vertx, options(url.get()));
            } catch (IllegalArgumentException e) {
                // The file that holds the address does not any more.
                again(e);
                return;
            }
            client = attempt;
        }
        Promise<RedisConnection> made = Promise.promise();
        long timer = vertx.setTimer(
                MADE_WITHIN.toMillis(),
                late -> made.tryFail(
                        new TimeoutException("no connection within %d ms".formatted(MADE_WITHIN.toMillis()))));
        attempt.connect()
                .compose(connection -> preparation.apply(connection).map(connection))
                .onComplete(result -> {
                    vertx.cancelTimer(timer);
                    if (result.succeeded()) {
                        made.tryComplete(result.result());
                    } else {
                        made.tryFail(result.cause());
                    }
                });
        made.future().onComplete(result -> {
            if (result.succeeded()) {
                use(result.result());
            } else {
                attempt.close();
                again(result.cause());
            }
        });
    }

    private void use(RedisConnection made) {
        made.endHandler(ended -> end(made, new IllegalStateException("the connection was closed")));
        made.exceptionHandler(failure -> end(made, failure));
        current = made;
        changed.accept(null);
    }

    private synchronized void end(RedisConnection over, @Nullable Throwable reason) {
        if (over == current && client != null) {
            current = null;
            client.close();
            if (!isClosed) {
                again(reason);
            }
        }
    }

    private void again(@Nullable Throwable reason) {
        if (reason != null) {
            changed.accept(reason);
        }
        vertx.setTimer(PAUSE.toMillis(), over -> begin());
    }

    private static RedisOptions options(RedisUrl url) {
        NetClientOptions tcp = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(MADE_WITHIN.toMillis()))
                .setTcpKeepAlive(true);
        if (url.isEncrypted()) {
            // Vert.x compares no names unless it is told to.
            tcp.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        return new RedisOptions()
                .setConnectionString(url.uri())
                .setNetClientOptions(tcp)
                .setMaxPoolSize(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(MAX_WAITING);
    }
}
