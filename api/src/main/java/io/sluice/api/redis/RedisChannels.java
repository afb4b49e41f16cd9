package io.sluice.api.redis;

import io.sluice.settings.RedisSettings;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Channels of Redis, over which the replicas tell each other things. */
@Singleton
public class RedisChannels {

    private final Vertx vertx;
    private final RedisSettings settings;
    private final RedisCalls calls;

    RedisChannels(Vertx vertx, RedisSettings settings, RedisCalls calls) {
        this.vertx = vertx;
        this.settings = settings;
        this.calls = calls;
    }

    /**
     * A channel that is not listened to yet.
     *
     * @param told each message, on an event loop; those of this replica as well
     */
    public RedisChannel channel(String name, Consumer<String> told) {
        return new RedisChannel(vertx, settings, calls, name, told);
    }
}
