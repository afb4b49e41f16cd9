package io.sluice.api.http.docs;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Serves the pages that problem documents refer to as what they are; the framework does not know the type of {@code .md}. */
@ApplicationScoped
class ProblemPages implements RequestHandler {

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.route("/problems/*"));
    }

    @Override
    public void handle(RoutingContext context) {
        context.addHeadersEndHandler(answering -> {
            if (!context.response().headers().contains(HttpHeaders.CONTENT_TYPE)) {
                context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/markdown;charset=UTF-8");
            }
        });
        context.next();
    }
}
