package io.sluice.api.http.docs;

import io.sluice.api.http.endpoints.Endpoints;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Answers {@code /} with links to documentation, health and resources: a page for browsers, JSON for other clients. The links are
 * relative, so that they hold behind a proxy that takes a prefix away from paths.
 */
@ApplicationScoped
class HomePage implements RequestHandler {

    private static final String STYLE =
            """
            :root { color-scheme: light dark }
            body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
            """;

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Sluice</title>
            <style>%s</style>
            </head>
            <body>
            <h1>Sluice</h1>
            <p>An event-driven backend platform that keeps every event it has acknowledged.</p>
            <ul>
            <li><a href="docs/">Documentation</a>: every path of the API, to be tried out</li>
            <li><a href="openapi">OpenAPI document</a></li>
            <li><a href="health">Health</a></li>
            </ul>
            </body>
            </html>
            """
                    .formatted(STYLE);

    /** Policy of other answers, but for the one style. */
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    .formatted(sha256(STYLE));

    private final Endpoints endpoints;

    private record Links(String documentation, String openapi, String health, List<String> resources) {}

    HomePage(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.route("/"));
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (acceptsHtml(context.request())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .putHeader("content-security-policy", POLICY)
                    .end(PAGE);
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json;charset=UTF-8")
                    .end(Json.encodeToBuffer(links()));
        }
    }

    private Links links() {
        List<String> resources = endpoints.readableResources().stream()
                .map(path -> path.substring(1))
                .toList();
        return new Links("docs/", "openapi", "health", resources);
    }

    /** Browsers name it; curl and other clients that take anything get JSON. */
    private static boolean acceptsHtml(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
