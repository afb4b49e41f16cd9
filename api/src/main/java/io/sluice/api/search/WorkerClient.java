package io.sluice.api.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.sluice.api.http.request.VertxContexts;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.retry.CircuitBreaker;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.WorkerSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the worker to rank passages. It may be away, slow or wrong, and then there is no ranking of it: nobody waits for longer than
 * {@link #TIMEOUT}, and once it has failed several times in a row it is left alone for a while, so that nobody waits at all.
 */
@Singleton
class WorkerClient {

    /** Wait for the worker, from connecting to the last byte. */
    static final Duration TIMEOUT = Duration.ofMillis(300);

    static final int FAILURES_BEFORE_PAUSE = 3;
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(WorkerClient.class.getName());

    private static final String PATH = "/v1/retrieval";

    private static final int OK = 200;

    /** Larger than any ranking. */
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private static final HttpClientOptions OPTIONS = new HttpClientOptions()
            .setMaxPoolSize(32)
            .setMaxWaitQueueSize(256)
            // Before the worker closes it.
            .setKeepAliveTimeout(60)
            .setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));

    private final ObjectMapper json = new ObjectMapper();
    private final LoggedState<String> state = new LoggedState<>("");
    private final CircuitBreaker breaker;
    private final Vertx vertx;
    private final Duration timeout;
    private final HttpClient http;
    private final Optional<URI> url;
    private final Optional<String> token;

    @Inject
    WorkerClient(Vertx vertx, WorkerSettings settings) {
        this(vertx, settings, TIMEOUT, System::nanoTime);
    }

    /**
     * Asks nothing yet.
     *
     * @param timeout wait for an answer
     * @param nanoTime a clock as {@link System#nanoTime()}
     */
    WorkerClient(Vertx vertx, WorkerSettings settings, Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout;
        this.breaker = new CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE, nanoTime);
        this.vertx = vertx;
        this.http = vertx.createHttpClient(OPTIONS);
        this.url = settings.url();
        this.token = settings.token();
    }

    private record Body(String question, String caller, Collection<UUID> documents, int limit) {}

    /** True if there is a worker to ask. */
    boolean isThere() {
        return url.isPresent() && token.isPresent();
    }

    /**
     * Asks for a ranking.
     *
     * @return never fails; empty if the worker gives none in time
     */
    Uni<Optional<Ranking>> rank(RankedQuestion question) {
        if (!isThere()) {
            logState("by words alone: WORKER_URL and WORKER_TOKEN are not both set", Level.INFO);
            return Uni.createFrom().item(Optional.empty());
        }
        if (!breaker.allows()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom().completionStage(() -> ask(question, timeout)
                .map(Optional::of)
                .onComplete(ranked -> note(ranked.cause()))
                .otherwise(Optional.empty())
                .toCompletionStage());
    }

    /**
     * Asks for a ranking, whatever came of it before. There has to be a worker to ask.
     *
     * @param atMost wait for the answer
     * @return fails if there is none in that time
     */
    Future<Ranking> ask(RankedQuestion question, Duration atMost) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.orElseThrow() + PATH)
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.orElseThrow())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        Buffer body = Buffer.buffer(bytes(question));
        return VertxContexts.inTime(
                vertx, atMost, answer -> http.request(request).compose(begun -> {
                    // Whatever ends the wait ends the request.
                    answer.onFailure(cause -> begun.reset());
                    return begun.send(body).compose(response -> read(response, question.limit()));
                }));
    }

    private byte[] bytes(RankedQuestion question) {
        try {
            return json.writeValueAsBytes(
                    new Body(question.text(), question.caller(), question.documents(), question.limit()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Future<Ranking> read(HttpClientResponse response, int limit) {
        Promise<Ranking> read = Promise.promise();
        response.exceptionHandler(read::tryFail);
        if (response.statusCode() != OK) {
            read.fail(new IOException("it answered with status " + response.statusCode()));
            return read.future();
        }
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > MAX_ANSWER_BYTES) {
                read.tryFail(new IOException("it answered with more than %d bytes".formatted(MAX_ANSWER_BYTES)));
            } else {
                body.appendBuffer(piece);
            }
        });
        response.endHandler(ended -> {
            try {
                read.tryComplete(WorkerAnswer.read(body.getBytes(), limit));
            } catch (IOException e) {
                read.tryFail(e);
            }
        });
        return read.future();
    }

    private void note(@Nullable Throwable failure) {
        if (failure == null) {
            breaker.succeeded();
            logState("the worker ranks", Level.INFO);
        } else {
            breaker.failed();
            logState("by words alone: the worker cannot be asked: " + FailureSummary.of(failure), Level.WARN);
        }
    }

    private void logState(String now, Level level) {
        if (state.changesTo(now)) {
            LogLine.of("retrieval-state").with("state", now).write(LOG, level);
        }
    }
}
