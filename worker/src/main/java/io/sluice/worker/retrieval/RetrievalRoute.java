package io.sluice.worker.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.WorkerTokenSettings;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logmanager.Logger;

/** {@code POST /v1/retrieval}: the passages that fit a question best, for the api, which shows the token. */
@Singleton
class RetrievalRoute {

    static final String PATH = "/v1/retrieval";

    private static final Logger LOG = Logger.getLogger(RetrievalRoute.class.getName());

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;
    private static final int FAULT = 500;
    private static final int UNAVAILABLE = 503;

    private final LogRateLimiter failedLines = new LogRateLimiter();
    private final ObjectMapper json = new ObjectMapper();
    private final ConnectionAge connections = new ConnectionAge(System::nanoTime);
    private final RetrievalIndex index;
    private final HybridRanking ranking;
    private final byte[] authorization;

    RetrievalRoute(RetrievalIndex index, HybridRanking ranking, WorkerTokenSettings token) {
        this.index = index;
        this.ranking = ranking;
        this.authorization = ("Bearer " + token.token().orElse("")).getBytes(UTF_8);
    }

    /** Registers the route from the start; it refuses until it is known what there is. Without a token, or without documents, there is none. */
    void register(@Observes Router router) {
        if (index.isUsed()) {
            // In a route of its own: within one, nothing may stand before what reads the body.
            router.post(PATH).handler(this::authorize);
            router.post(PATH)
                    .handler(BodyHandler.create(false).setBodyLimit(Question.MAX_BODY_BYTES))
                    .handler(this::rank)
                    .failureHandler(this::fail);
        }
    }

    private void authorize(RoutingContext request) {
        String shown = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (shown != null && MessageDigest.isEqual(authorization, shown.getBytes(UTF_8))) {
            request.next();
        } else {
            request.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            refuse(request, UNAUTHORIZED, "The token of Authorization must be that of WORKER_TOKEN.");
        }
    }

    private void rank(RoutingContext request) {
        VectorSearch vectors = index.vectors();
        if (vectors == null) {
            refuse(request, UNAVAILABLE, "Not ready: " + index.state() + ".");
            return;
        }
        try {
            Buffer body = request.body().buffer();
            Question question = Question.read(body == null ? new byte[0] : body.getBytes());
            Context context = request.vertx().getOrCreateContext();
            CompletableFuture<Ranking> unused = ranking.rank(question, vectors)
                    .whenComplete((ranked, failure) -> context.runOnContext(ready -> {
                        if (failure == null) {
                            end(request, OK, "application/json", ranked);
                        } else {
                            refuse(request, failure);
                        }
                    }));
        } catch (IllegalArgumentException e) {
            refuse(request, BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (RejectedExecutionException e) {
            refuse(request, UNAVAILABLE, "Too many questions wait.");
        }
    }

    private void refuse(RoutingContext request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof CancellationException)) {
            LogLine.of("retrieval-failed")
                    .with("reason", FailureSummary.of(cause))
                    .write(LOG, failedLines);
        }
        refuse(request, UNAVAILABLE, "Passages cannot be ranked for the moment.");
    }

    private void fail(RoutingContext request) {
        if (request.statusCode() == TOO_LARGE) {
            refuse(request, TOO_LARGE, "The body must have at most %d bytes.".formatted(Question.MAX_BODY_BYTES));
        } else {
            refuse(request, FAULT, "The program failed.");
        }
    }

    /** An answer of an error, as RFC 9457 has it. What is left of the request's body is not waited for. */
    private void refuse(RoutingContext request, int status, String detail) {
        if (status == UNAUTHORIZED || status == TOO_LARGE) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaderValues.CLOSE);
        }
        end(request, status, "application/problem+json", Map.of("status", status, "detail", detail));
    }

    private void end(RoutingContext request, int status, String type, Object body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (connections.isOver(request.request().connection())) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (response.headers().contains(HttpHeaders.CONNECTION)) {
            response.endHandler(ended -> request.request().connection().close());
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(text(body));
    }

    private String text(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
