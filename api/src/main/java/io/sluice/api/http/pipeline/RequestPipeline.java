package io.sluice.api.http.pipeline;

import io.quarkus.arc.All;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Registers all handlers of the router, each at its {@link RequestStage}. */
@ApplicationScoped
class RequestPipeline {

    private final List<RequestHandler> handlers;

    RequestPipeline(@All List<RequestHandler> handlers) {
        this.handlers = handlers;
    }

    void register(@Observes Router router) {
        for (RequestHandler handler : handlers) {
            handler.routes(router).forEach(route -> register(handler, route));
        }
    }

    private static void register(RequestHandler handler, Route route) {
        RequestStage stage = handler.stage();
        route.order(stage.order()).setName(stage.name());
        switch (stage.requests()) {
            case ALL -> route.handler(handler);
            case FAILED -> route.failureHandler(handler);
            case ALL_AND_FAILED -> route.handler(handler).failureHandler(handler);
        }
    }
}
