package io.sluice.api.redis;

import io.sluice.settings.RedisSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A channel of Redis. What is told while a replica has no connection does not reach it. */
public final class RedisChannel implements AutoCloseable {

    private static final String MESSAGE = "message";

    /** Pause between two looks whether the connection still hears what is told: one that a network has forgotten never says so. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

    /** A message that tells nothing. */
    private static final String SOUND = "";

    private final Vertx vertx;

    private final RedisCalls calls;
    private final String name;
    private final Consumer<String> told;
    private final LastingConnection connection;
    private final AtomicLong heard = new AtomicLong();

    RedisChannel(Vertx vertx, RedisSettings settings, RedisCalls calls, String name, Consumer<String> told) {
        this.vertx = vertx;
        this.calls = calls;
        this.name = name;
        this.told = told;
        this.connection =
                new LastingConnection(vertx, () -> settings.url().orElseThrow(), this::subscribe, changed -> {});
    }

    /** Begins to listen, over a connection of its own, where there is a Redis to be used. */
    public void listen() {
        if (calls.isUsed()) {
            connection.begin();
            vertx.setPeriodic(LOOK.toMillis(), again -> look());
        }
    }

    private void look() {
        RedisConnection listening = connection.current();
        if (listening != null) {
            long before = heard.get();
            calls.publish(name, SOUND).subscribe().with(listeners -> {
                if (listeners > 0) {
                    vertx.setTimer(HEARD_WITHIN.toMillis(), late -> {
                        if (heard.get() == before) {
                            connection.drop(listening);
                        }
                    });
                }
            });
        }
    }

    /**
     * Tells all replicas, this one too if it listens.
     *
     * @return never fails; true if another replica listens
     */
    public Uni<Boolean> tellOthers(String message) {
        return calls.publish(name, message).map(listeners -> listeners > (connection.current() == null ? 0 : 1));
    }

    private Future<?> subscribe(RedisConnection made) {
        made.handler(this::read);
        return made.send(Request.cmd(Command.SUBSCRIBE).arg(name));
    }

    private void read(Response response) {
        boolean isList = response.type() == ResponseType.PUSH || response.type() == ResponseType.MULTI;
        if (isList && response.size() == 3 && MESSAGE.equals(response.get(0).toString())) {
            heard.incrementAndGet();
            String message = response.get(2).toString();
            if (!message.equals(SOUND)) {
                told.accept(message);
            }
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
