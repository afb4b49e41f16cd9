package io.sluice.api.http.request;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** A proxy as an ingress controller is one: takes a prefix away from paths, and says so, and how it was asked, in headers. */
final class ReverseProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final int target;
    private final String prefix;
    private final Map<String, String> says;
    private final HttpServer server;

    ReverseProxy(int target, String prefix, Map<String, String> says) {
        this.target = target;
        this.prefix = prefix;
        this.says = says;
        this.server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (!request.uri().startsWith(prefix)) {
            request.response().setStatusCode(404).end("not of this proxy");
            return;
        }
        request.body()
                .compose(body -> client.request(
                                request.method(),
                                target,
                                "127.0.0.1",
                                request.uri().substring(prefix.length()))
                        .compose(onwards -> {
                            onwards.headers().setAll(request.headers());
                            onwards.headers().addAll(says);
                            return onwards.send(body);
                        }))
                .compose(answer -> {
                    request.response()
                            .setStatusCode(answer.statusCode())
                            .headers()
                            .setAll(answer.headers());
                    return answer.body();
                })
                .onSuccess(body -> request.response()
                        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                        .end(body))
                .onFailure(failure -> request.response().setStatusCode(502).end(Buffer.buffer(failure.toString())));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
