package io.sluice.api.http.filters;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Other paths of the health document, for deployments that look for it there. */
@ApplicationScoped
class HealthAliases implements RequestHandler {

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.route("/api/health"), router.route("/v1/health"));
    }

    @Override
    public void handle(RoutingContext context) {
        context.reroute("/health");
    }
}
