package io.sluice.api.http.pipeline;

import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * A handler of the router. {@link RequestPipeline} registers all beans that are one. It passes a request on, answers it, or refuses it
 * by throwing an {@link io.sluice.api.http.problems.ProblemException}.
 */
public interface RequestHandler extends Handler<RoutingContext> {

    /** The stage that it belongs to. */
    RequestStage stage();

    /** New routes to it, without a handler; all requests take them unless this says otherwise. */
    default List<Route> routes(Router router) {
        return List.of(router.route());
    }
}
