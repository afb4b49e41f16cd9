package io.sluice.api.http.docs;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Refuses paths that only begin as that of the pages, as {@code /docs;} does: the framework answers some of them with a page. */
@ApplicationScoped
class DocsNeighbours implements RequestHandler {

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.routeWithRegex("/docs[^/].*"));
    }

    @Override
    public void handle(RoutingContext context) {
        throw ProblemException.notFound();
    }
}
