package io.sluice.api.http.filters;

import io.sluice.api.connections.ConnectionRequests;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts each request on its connection. */
@ApplicationScoped
class ConnectionHandler implements RequestHandler {

    @Override
    public RequestStage stage() {
        return RequestStage.CONNECTION;
    }

    @Override
    public void handle(RoutingContext context) {
        ConnectionRequests.begin(context);
    }
}
