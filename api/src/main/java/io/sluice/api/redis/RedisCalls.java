package io.sluice.api.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.api.http.request.VertxContexts;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.retry.CircuitBreaker;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.RedisSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Redis. It may be away, slow or never there, and then a call has no answer: nobody waits for longer than {@link #TIMEOUT}, and once it
 * has failed several times in a row it is left alone for a while, so that nobody waits at all.
 */
@Singleton
public class RedisCalls {

    /** Wait for an answer. */
    static final Duration TIMEOUT = Duration.ofMillis(50);

    static final int FAILURES_BEFORE_PAUSE = 3;

    /** Pause after several failures, and between two looks whether it answers. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(RedisCalls.class.getName());

    private static final String IN_USE = "in use";

    private enum Outcome {
        ANSWERED,
        FAILED,
        SKIPPED
    }

    private final Map<Outcome, Counter> calls = new EnumMap<>(Outcome.class);
    private final LoggedState<String> state = new LoggedState<>("connecting");
    private final Vertx vertx;
    private final Duration timeout;
    private final Duration pause;
    private final CircuitBreaker breaker;
    private final @Nullable LastingConnection connection;

    @Inject
    RedisCalls(Vertx vertx, RedisSettings settings, FeatureSettings features, MeterRegistry registry) {
        this(
                vertx,
                settings,
                features.isEnabled(Feature.DOCUMENTS) || features.isEnabled(Feature.CHAT),
                registry,
                TIMEOUT,
                PAUSE,
                System::nanoTime);
    }

    /**
     * Connects to nothing yet.
     *
     * @param isNeeded true if a feature makes use of it
     * @param timeout wait for an answer
     * @param pause as {@link #PAUSE}
     * @param nanoTime a clock as {@link System#nanoTime()}
     */
    RedisCalls(
            Vertx vertx,
            RedisSettings settings,
            boolean isNeeded,
            MeterRegistry registry,
            Duration timeout,
            Duration pause,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.pause = pause;
        this.breaker = new CircuitBreaker(FAILURES_BEFORE_PAUSE, pause, nanoTime);
        this.connection = settings.isSet() && isNeeded
                ? new LastingConnection(
                        vertx,
                        () -> settings.url().orElseThrow(),
                        made -> Future.succeededFuture(),
                        this::connectionChanged)
                : null;
        for (Outcome outcome : Outcome.values()) {
            Counter counter = Counter.builder("sluice.api.redis.calls")
                    .description("Calls of Redis")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            calls.put(outcome, counter);
        }
    }

    /** Begins to connect; the program does not wait for it. */
    void start(@Observes StartupEvent event) {
        start();
    }

    void start() {
        if (connection != null) {
            connection.begin();
            // So that what is said of it holds, and an idle connection is known to be one, whether or not it is called.
            vertx.setPeriodic(pause.toMillis(), again -> ping());
        }
    }

    @PreDestroy
    void stop() {
        if (connection != null) {
            connection.close();
        }
    }

    /** True if there is a Redis that is meant to be used, away or not. */
    public boolean isUsed() {
        return connection != null;
    }

    /** State of it, for people. */
    String state() {
        return isUsed() ? state.current() : "not used: without REDIS_URL, or without documents and chat in FEATURES";
    }

    /**
     * Value of a key.
     *
     * @return never fails; empty if there is none, or no answer
     */
    public Uni<Optional<byte[]>> get(String key) {
        return call(Request.cmd(Command.GET).arg(key))
                .map(answer -> answer.flatMap(Answer::value).map(Response::toBytes));
    }

    /** Sets the value of a key, for a time. Nobody waits for it, nor is told if it fails. */
    public void set(String key, byte[] value, Duration kept) {
        Request request = Request.cmd(Command.SET)
                .arg(key)
                .arg(Buffer.buffer(value))
                .arg("PX")
                .arg(kept.toMillis());
        call(request).subscribe().with(set -> {});
    }

    /** Publishes a message; number of connections that listen, 0 without an answer. Never fails. */
    Uni<Integer> publish(String channel, String message) {
        return call(Request.cmd(Command.PUBLISH).arg(channel).arg(message))
                .map(answer ->
                        answer.flatMap(Answer::value).map(Response::toInteger).orElse(0));
    }

    private void ping() {
        call(Request.cmd(Command.PING)).subscribe().with(answered -> {});
    }

    /**
     * An answer.
     *
     * @param value empty where Redis has none
     */
    private record Answer(Optional<Response> value) {}

    private Uni<Optional<Answer>> call(Request request) {
        return Uni.createFrom().completionStage(() -> inTime(request)
                .map(value -> Optional.of(new Answer(Optional.ofNullable(value))))
                .otherwise(Optional.empty())
                .toCompletionStage());
    }

    private Future<@Nullable Response> inTime(Request request) {
        RedisConnection current = connection == null ? null : connection.current();
        if (current == null || !breaker.allows()) {
            count(Outcome.SKIPPED);
            return Future.failedFuture("not called");
        }
        return VertxContexts.<@Nullable Response>inTime(vertx, timeout, answer -> current.send(request))
                .onComplete(answered -> note(current, answered.cause()));
    }

    private void note(RedisConnection called, @Nullable Throwable failure) {
        if (failure == null) {
            count(Outcome.ANSWERED);
            breaker.succeeded();
            logState(IN_USE, Level.INFO);
            return;
        }
        count(Outcome.FAILED);
        breaker.failed();
        if (connection != null && breaker.isOpen()) {
            logAway(failure);
            // It may be half open, or that of a server that has become read-only; another one is not.
            connection.drop(called);
        }
    }

    private void connectionChanged(@Nullable Throwable reason) {
        if (reason == null) {
            ping();
        } else {
            logAway(reason);
        }
    }

    private void logAway(Throwable reason) {
        logState("worked without: " + FailureSummary.of(reason), Level.WARN);
    }

    private void logState(String now, Level level) {
        if (state.changesTo(now)) {
            LogLine.of("redis-state").with("state", now).write(LOG, level);
        }
    }

    private void count(Outcome outcome) {
        Counter counter = calls.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
