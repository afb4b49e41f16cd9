package io.sluice.api.redis;

import static io.sluice.testkit.Await.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.settings.Environment;
import io.sluice.settings.RedisSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Redis as tests of other packages use it. */
public final class RedisInTests {

    /** Longer than a busy machine takes for an answer that is there. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisInTests() {}

    /** Calls of no Redis, as without {@code REDIS_URL}. */
    public static RedisCalls none(Vertx vertx) {
        return calls(vertx, Map.of(), LONG);
    }

    /**
     * Calls of a Redis that is in use, with a timeout that suits a busy machine.
     *
     * @param url as {@code REDIS_URL} has it
     */
    public static RedisCalls used(Vertx vertx, String url) {
        return used(vertx, url, LONG);
    }

    /**
     * Calls of a Redis that is in use.
     *
     * @param url as {@code REDIS_URL} has it
     * @param timeout wait for an answer
     */
    public static RedisCalls used(Vertx vertx, String url, Duration timeout) {
        RedisCalls redis = calls(vertx, Map.of("REDIS_URL", url), timeout);
        redis.start();
        await().until(() -> redis.state().equals("in use"));
        return redis;
    }

    /** Channels of no Redis. */
    public static RedisChannels noChannels(Vertx vertx) {
        return new RedisChannels(vertx, settings(Map.of()), none(vertx));
    }

    /** Channels of a Redis that is in use. */
    public static RedisChannels channels(Vertx vertx, String url) {
        return new RedisChannels(vertx, settings(Map.of("REDIS_URL", url)), used(vertx, url));
    }

    private static RedisSettings settings(Map<String, String> environment) {
        return Environment.read(environment::get, RedisSettings::new);
    }

    private static RedisCalls calls(Vertx vertx, Map<String, String> environment, Duration timeout) {
        return new RedisCalls(
                vertx,
                settings(environment),
                true,
                new SimpleMeterRegistry(),
                timeout,
                RedisCalls.PAUSE,
                System::nanoTime);
    }

    /** Ends them. */
    public static void stop(RedisCalls redis) {
        redis.stop();
    }
}
