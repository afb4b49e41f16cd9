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
 * Sends who asks for {@code /docs} to {@code /docs/}, by a relative reference: the framework's would leave out what a proxy takes away
 * from the path.
 */
@ApplicationScoped
class DocsPage implements RequestHandler {

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
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, "docs/")
                    .end();
        }
    }
}
