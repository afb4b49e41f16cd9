package io.sluice.api.http.docs;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Leads from {@code /docs} to {@code /docs/}, by a relative reference: the framework's would leave out what a proxy takes away from the
 * path. A page does it, and no redirection, because deployments ask for {@code /docs} with clients that follow none, and expect 200.
 */
@ApplicationScoped
class DocsPage implements RequestHandler {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="refresh" content="0; url=docs/">
            <title>Sluice: Swagger UI</title>
            </head>
            <body>
            <p><a href="docs/">Swagger UI</a></p>
            </body>
            </html>
            """;

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.route("/docs"));
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.normalizedPath().endsWith("/")) {
            context.next();
        } else {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(PAGE);
        }
    }
}
